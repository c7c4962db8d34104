package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An affine map {@code output = input · weightsᵀ + bias}, with an optional ReLU after it: input
 * {@code [batch, inputs]}, weights {@code [outputs, inputs]}, bias {@code [outputs]} or {@code
 * null}, output {@code [batch, outputs]}.
 */
public interface DenseKernel {

  void forward(INDArray input, INDArray weights, INDArray bias, INDArray output);

  /** The gradients of a forward pass; arguments as in {@link ConvolutionKernel#backward}. */
  void backward(
      INDArray input,
      INDArray weights,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient);
}
