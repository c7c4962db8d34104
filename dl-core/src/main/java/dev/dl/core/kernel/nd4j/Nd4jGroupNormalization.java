package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.GroupNormalizationKernel;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Group normalization as its formulas are written. */
record Nd4jGroupNormalization(int groups, double epsilon) implements GroupNormalizationKernel {

  @Override
  public void forward(INDArray input, Affine affine, INDArray output) {
    output.assign(
        normalized(input).muli(perChannel(affine.scale())).addi(perChannel(affine.shift())));
  }

  @Override
  public void backward(
      INDArray input,
      Affine affine,
      INDArray outputGradient,
      INDArray inputGradient,
      Affine gradients) {
    INDArray normalized = normalized(input);
    if (gradients != null) {
      gradients.scale().assign(Nd4jSums.ofChannels(normalized.mul(outputGradient)));
      gradients.shift().assign(Nd4jSums.ofChannels(outputGradient));
    }
    INDArray gradient = rows(outputGradient.mul(perChannel(affine.scale())));
    INDArray rows = rows(normalized);
    INDArray slope = Nd4jSums.meansOfRows(gradient.mul(rows));
    inputGradient.assign(
        gradient
            .sub(Nd4jSums.meansOfRows(gradient))
            .subi(rows.mul(slope))
            .divi(deviation(rows(input)))
            .reshape(input.shape()));
  }

  private INDArray normalized(INDArray input) {
    INDArray rows = rows(input);
    return rows.sub(Nd4jSums.meansOfRows(rows)).divi(deviation(rows)).reshape(input.shape());
  }

  private INDArray deviation(INDArray rows) {
    INDArray variance =
        Nd4jSums.meansOfRows(Transforms.pow(rows.sub(Nd4jSums.meansOfRows(rows)), 2, false));
    return Transforms.sqrt(variance.addi(epsilon), false);
  }

  /** {@code [batch · groups, values of a group]}. */
  private INDArray rows(INDArray images) {
    return images.reshape('c', images.size(0) * groups, -1);
  }

  private static INDArray perChannel(INDArray values) {
    return values.reshape(1, values.length(), 1, 1);
  }
}
