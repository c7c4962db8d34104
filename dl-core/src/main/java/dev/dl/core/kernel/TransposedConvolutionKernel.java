package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The transpose of a convolution without bias or activation: from its outputs to its inputs, by its
 * own passes. Weights have the shape of the convolution's.
 */
public record TransposedConvolutionKernel(ConvolutionKernel convolution) {

  /** The convolution's pass from output gradient to input gradient. */
  public void forward(INDArray input, INDArray weights, INDArray output) {
    convolution.backward(output, weights, null, input, output, null, null);
  }

  /**
   * The gradients of a forward pass.
   *
   * @param inputGradient written; {@code null} when nobody needs it
   * @param weightGradient written; {@code null} when nobody needs it
   */
  public void backward(
      INDArray input,
      INDArray weights,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient) {
    if (inputGradient != null) {
      convolution.forward(outputGradient, weights, null, inputGradient);
    }
    if (weightGradient != null) {
      convolution.backward(outputGradient, weights, null, input, null, weightGradient, null);
    }
  }
}
