package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.NormalizationGeometry;
import dev.dl.core.kernel.NormalizationKernel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Batch normalization as its formulas are written. */
final class Nd4jNormalization implements NormalizationKernel {
  private final NormalizationGeometry geometry;
  private final INDArray mean;
  private final INDArray variance;

  Nd4jNormalization(NormalizationGeometry geometry, DataType dataType) {
    this.geometry = geometry;
    this.mean = DenseArrays.allocate(dataType, geometry.image().channels());
    this.variance = DenseArrays.allocate(dataType, geometry.image().channels());
  }

  @Override
  public void forwardTraining(INDArray input, Affine affine, Running running, INDArray output) {
    double count = count(input);
    mean.assign(Nd4jSums.ofChannels(input).divi(count));
    variance.assign(
        Nd4jSums.ofChannels(Transforms.pow(input.sub(perChannel(mean)), 2, false)).divi(count));
    follow(running.mean(), mean, 1);
    follow(running.variance(), variance, count / Math.max(1, count - 1));
    normalize(input, affine, mean, variance, output);
  }

  private void follow(INDArray running, INDArray batch, double factor) {
    running.muli(1 - geometry.momentum()).addi(batch.mul(geometry.momentum() * factor));
  }

  @Override
  public void forwardInference(INDArray input, Affine affine, Running running, INDArray output) {
    normalize(input, affine, running.mean(), running.variance(), output);
  }

  private void normalize(
      INDArray input, Affine affine, INDArray center, INDArray spread, INDArray output) {
    output.assign(
        normalized(input, center, spread)
            .muli(perChannel(affine.scale()))
            .addi(perChannel(affine.shift())));
    output.assign(Nd4jActivations.value(geometry.activation(), output));
  }

  @Override
  public void backward(
      INDArray input,
      Affine affine,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      Affine gradients) {
    outputGradient.muli(Nd4jActivations.derivative(geometry.activation(), output));
    INDArray normalized = normalized(input, mean, variance);
    gradients.scale().assign(Nd4jSums.ofChannels(normalized.mul(outputGradient)));
    gradients.shift().assign(Nd4jSums.ofChannels(outputGradient));
    double count = count(input);
    inputGradient.assign(
        outputGradient
            .sub(perChannel(gradients.shift().div(count)))
            .subi(normalized.muli(perChannel(gradients.scale().div(count))))
            .muli(perChannel(affine.scale().div(deviation(variance)))));
  }

  private INDArray normalized(INDArray input, INDArray center, INDArray spread) {
    return input.sub(perChannel(center)).divi(perChannel(deviation(spread)));
  }

  private INDArray deviation(INDArray spread) {
    return Transforms.sqrt(spread.add(geometry.epsilon()), false);
  }

  private double count(INDArray input) {
    return (double) input.length() / geometry.image().channels();
  }

  private static INDArray perChannel(INDArray values) {
    return values.reshape(1, values.length(), 1, 1);
  }
}
