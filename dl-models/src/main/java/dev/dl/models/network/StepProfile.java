package dev.dl.models.network;

/** Told how long each operation of a step took, while a network is being profiled. */
@FunctionalInterface
public interface StepProfile {

  /** What an operation belongs to. */
  enum Part {
    /** Values of a batch become arrays. */
    DATA,
    FORWARD,
    LOSS,
    BACKWARD,
    /** What the graph does around its operations, such as adding up gradients. */
    GRAPH
  }

  /**
   * @param node name of the layer in its graph
   * @param layer type of the layer
   */
  void took(Part part, String node, String layer, long nanoseconds);
}
