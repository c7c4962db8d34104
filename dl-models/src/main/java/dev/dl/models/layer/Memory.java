package dev.dl.models.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Where an operation gets its arrays: uninitialized, row-major, reused from step to step. */
public interface Memory {

  /** An output, which lives until the backward pass of the step has ended. */
  INDArray activation(long... shape);

  /** A gradient of an input, which lives until it has been used. */
  INDArray gradient(long... shape);
}
