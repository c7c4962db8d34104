package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An affine map by ND4J's matrix product. */
record Nd4jDense(int inputs, int outputs, Activation activation) implements DenseKernel {

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    INDArray product = rows(input, inputs).mmul(weights.transpose());
    if (bias != null) {
      product.addiRowVector(bias);
    }
    output.assign(Nd4jActivations.value(activation, product).reshape(output.shape()));
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
    INDArray gradient =
        rows(outputGradient.mul(Nd4jActivations.derivative(activation, output)), outputs);
    if (inputGradient != null) {
      inputGradient.assign(gradient.mmul(weights).reshape(inputGradient.shape()));
    }
    if (weightGradient != null) {
      weightGradient.assign(gradient.transpose().mmul(rows(input, inputs)));
    }
    if (biasGradient != null) {
      biasGradient.assign(Nd4jSums.ofColumns(gradient));
    }
  }

  private static INDArray rows(INDArray array, int columns) {
    return array.reshape(array.length() / columns, columns);
  }
}
