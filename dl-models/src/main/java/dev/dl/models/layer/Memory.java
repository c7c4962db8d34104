package dev.dl.models.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Where an operation gets its arrays: uninitialized, row-major, reused from step to step. */
public interface Memory {

  /** An output, which lives until the backward pass of the step has ended. */
  INDArray activation(long... shape);

  /**
   * An output as long as an input, which the operation may write over it: the input itself where
   * nothing reads it any more, outside of training, else an array of its own.
   */
  INDArray activationOver(INDArray input, boolean training);

  /** A gradient of an input, which lives until it has been used. */
  INDArray gradient(long... shape);

  /**
   * A gradient of an input that holds the values of the output's gradient: the same array where the
   * step may give it away, which the operation then changes in place. To be asked for once.
   */
  INDArray gradientFrom(INDArray outputGradient);
}
