package dev.dl.models.graph;

/** A family of networks, or one variant of it: turns what a sample is into layers. */
@FunctionalInterface
public interface Architecture {

  /**
   * The network for samples of this kind and size; ones that it cannot take are refused with an
   * IllegalArgumentException.
   */
  Graph define(Input input, Head head);
}
