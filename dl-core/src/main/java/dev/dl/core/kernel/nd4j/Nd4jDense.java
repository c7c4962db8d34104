package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.DenseKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An affine map by ND4J's matrix product. */
record Nd4jDense(boolean relu) implements DenseKernel {

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    INDArray product = input.mmul(weights.transpose());
    if (bias != null) {
      product.addiRowVector(bias);
    }
    output.assign(product);
    if (relu) {
      Nd4jKernels.clearWhereNotPositive(output.dup(), output);
    }
  }

  @Override
  public void backward(
      INDArray input,
      INDArray weights,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    if (relu) {
      Nd4jKernels.clearWhereNotPositive(output, outputGradient);
    }
    if (inputGradient != null) {
      inputGradient.assign(outputGradient.mmul(weights));
    }
    weightGradient.assign(outputGradient.transpose().mmul(input));
    if (biasGradient != null) {
      biasGradient.assign(outputGradient.sum(0));
    }
  }
}
