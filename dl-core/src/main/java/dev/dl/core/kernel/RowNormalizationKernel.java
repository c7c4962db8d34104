package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalization of each vector by itself, then scaled and shifted: input and output {@code [rows,
 * features]}, or any axes in place of the rows; weight and bias {@code [features]}, no bias for the
 * root mean square. A backward pass belongs to the latest forward pass.
 */
public interface RowNormalizationKernel {

  /** The output may be the input. */
  void forward(INDArray input, INDArray weight, INDArray bias, INDArray output);

  /**
   * Writes the gradients of a forward pass.
   *
   * @param inputGradient may be the array of the output gradient
   * @param weightGradient {@code null}, as is {@code biasGradient}, when nobody needs them
   */
  void backward(
      INDArray input,
      INDArray weight,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient);
}
