package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution of one geometry, for any batch size. Images have the layout of the kernels, weights
 * are {@code [outputs, inputs / groups, size, size]}, the bias {@code [outputs]} or {@code null}.
 */
public interface ConvolutionKernel {

  /** Cross-correlation, bias and activation as the geometry says. */
  void forward(INDArray input, INDArray weights, INDArray bias, INDArray output);

  /**
   * The gradients of a forward pass.
   *
   * @param output of the forward pass
   * @param outputGradient may be changed in place
   * @param inputGradient written; {@code null} when nobody needs it
   * @param weightGradient written, as is {@code biasGradient}, unless it is {@code null}; without
   *     it only the shape of the input matters
   */
  void backward(
      INDArray input,
      INDArray weights,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient);
}
