package dev.dl.core.kernel.nd4j;

import dev.dl.core.data.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.NormalizationKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Batch normalization as its formulas are written. */
record Nd4jNormalization(ImageShape image, double epsilon, Activation activation)
    implements NormalizationKernel {

  @Override
  public void forwardTraining(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      INDArray output) {
    mean.assign(input.mean(0, 2, 3));
    variance.assign(Transforms.pow(input.sub(perChannel(mean)), 2, false).mean(0, 2, 3));
    forwardInference(input, scale, shift, mean, variance, output);
  }

  @Override
  public void forwardInference(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      INDArray output) {
    output.assign(
        normalized(input, mean, variance).muli(perChannel(scale)).addi(perChannel(shift)));
    output.assign(Nd4jActivations.value(activation, output));
  }

  @Override
  public void backward(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray scaleGradient,
      INDArray shiftGradient) {
    outputGradient.muli(Nd4jActivations.derivative(activation, output));
    INDArray normalized = normalized(input, mean, variance);
    scaleGradient.assign(normalized.mul(outputGradient).sum(0, 2, 3));
    shiftGradient.assign(outputGradient.sum(0, 2, 3));
    double count = (double) input.length() / image.channels();
    inputGradient.assign(
        outputGradient
            .sub(perChannel(shiftGradient.div(count)))
            .subi(normalized.muli(perChannel(scaleGradient.div(count))))
            .muli(perChannel(scale.div(Transforms.sqrt(variance.add(epsilon), false)))));
  }

  private INDArray normalized(INDArray input, INDArray mean, INDArray variance) {
    return input
        .sub(perChannel(mean))
        .divi(perChannel(Transforms.sqrt(variance.add(epsilon), false)));
  }

  private static INDArray perChannel(INDArray values) {
    return values.reshape(1, values.length(), 1, 1);
  }
}
