package dev.dl.models.graph;

import dev.dl.models.layer.Shape;

/** A family of networks, or one variant of it: turns the shape of a sample into layers. */
@FunctionalInterface
public interface Architecture {

  /**
   * The network for samples of this shape; ones that it cannot take are refused with an
   * IllegalArgumentException.
   */
  Graph define(Shape input, Head head);
}
