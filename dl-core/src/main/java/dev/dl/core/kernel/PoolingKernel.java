package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A pooling of one geometry, for any batch size. A backward pass belongs to the latest training
 * forward pass.
 */
public interface PoolingKernel {

  void forward(INDArray input, INDArray output, boolean training);

  /** Writes the gradient of the input. */
  void backward(INDArray input, INDArray outputGradient, INDArray inputGradient);
}
