package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.RowNormalizationKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Normalization of each vector as its formulas are written.
 *
 * @param centred whether the mean is taken off first
 */
record Nd4jRowNormalization(int features, double epsilon, boolean centred)
    implements RowNormalizationKernel {

  @Override
  public void forward(INDArray input, INDArray weight, INDArray bias, INDArray output) {
    INDArray x = centred(rows(input));
    INDArray scaled = x.divColumnVector(deviation(x)).muliRowVector(weight);
    output.assign((centred ? scaled.addiRowVector(bias) : scaled).reshape(output.shape()));
  }

  @Override
  public void backward(
      INDArray input,
      INDArray weight,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    INDArray x = centred(rows(input));
    INDArray deviation = deviation(x);
    INDArray normalized = x.divColumnVector(deviation);
    INDArray gradient = rows(outputGradient);
    if (weightGradient != null) {
      weightGradient.assign(Nd4jSums.ofColumns(gradient.mul(normalized)));
    }
    if (biasGradient != null) {
      biasGradient.assign(Nd4jSums.ofColumns(gradient));
    }
    INDArray scaled = gradient.mulRowVector(weight);
    INDArray share = normalized.mulColumnVector(Nd4jSums.meansOfRows(scaled.mul(normalized)));
    inputGradient.assign(
        centred(scaled).subi(share).diviColumnVector(deviation).reshape(inputGradient.shape()));
  }

  private INDArray rows(INDArray array) {
    return array.reshape(array.length() / features, features);
  }

  /** A new array. */
  private INDArray centred(INDArray rows) {
    return centred ? rows.subColumnVector(Nd4jSums.meansOfRows(rows)) : rows.dup();
  }

  private INDArray deviation(INDArray rows) {
    return Transforms.sqrt(Nd4jSums.meansOfRows(rows.mul(rows)).addi(epsilon), false);
  }
}
