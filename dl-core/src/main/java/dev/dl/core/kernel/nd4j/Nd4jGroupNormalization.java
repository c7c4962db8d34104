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
      gradients.scale().assign(normalized.mul(outputGradient).sum(0, 2, 3));
      gradients.shift().assign(outputGradient.sum(0, 2, 3));
    }
    INDArray gradient = rows(outputGradient.mul(perChannel(affine.scale())));
    INDArray rows = rows(normalized);
    INDArray slope = column(gradient.mul(rows).mean(1));
    inputGradient.assign(
        gradient
            .sub(column(gradient.mean(1)))
            .subi(rows.mul(slope))
            .divi(deviation(rows(input)))
            .reshape(input.shape()));
  }

  private INDArray normalized(INDArray input) {
    INDArray rows = rows(input);
    return rows.sub(column(rows.mean(1))).divi(deviation(rows)).reshape(input.shape());
  }

  private INDArray deviation(INDArray rows) {
    INDArray variance = Transforms.pow(rows.sub(column(rows.mean(1))), 2, false).mean(1);
    return column(Transforms.sqrt(variance.addi(epsilon), false));
  }

  /** {@code [batch · groups, values of a group]}. */
  private INDArray rows(INDArray images) {
    return images.reshape('c', images.size(0) * groups, -1);
  }

  private static INDArray column(INDArray values) {
    return values.reshape(values.length(), 1);
  }

  private static INDArray perChannel(INDArray values) {
    return values.reshape(1, values.length(), 1, 1);
  }
}
