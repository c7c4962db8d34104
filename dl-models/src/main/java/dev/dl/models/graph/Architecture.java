package dev.dl.models.graph;

import dev.dl.core.data.ImageShape;

/** A family of networks, or one variant of it: turns the shape of the data into layers. */
@FunctionalInterface
public interface Architecture {

  /**
   * The network for these images; ones that it cannot take are refused with an
   * IllegalArgumentException.
   */
  Graph define(ImageShape input, Head head);
}
