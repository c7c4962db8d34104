package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An affine map {@code output = input · weightsᵀ + bias}, with an activation after it: input {@code
 * [rows, inputs]}, weights {@code [outputs, inputs]}, bias {@code [outputs]} or {@code null},
 * output {@code [rows, outputs]}; there may be any axes in place of the rows.
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
