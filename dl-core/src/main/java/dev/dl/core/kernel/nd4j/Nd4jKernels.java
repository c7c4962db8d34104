package dev.dl.core.kernel.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import dev.dl.core.data.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.DenseKernel;
import dev.dl.core.kernel.Dropout;
import dev.dl.core.kernel.GroupNormalizationKernel;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Layout;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.NormalizationGeometry;
import dev.dl.core.kernel.NormalizationKernel;
import dev.dl.core.kernel.PoolingGeometry;
import dev.dl.core.kernel.PoolingKernel;
import dev.dl.core.kernel.TransposedConvolutionKernel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The kernels in ND4J operations.
 *
 * @param dataType float32, or float64 for gradient checks
 */
public record Nd4jKernels(DataType dataType) implements Kernels {

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  @Override
  public ConvolutionKernel convolution(ConvolutionGeometry geometry) {
    return new Nd4jConvolution(geometry);
  }

  @Override
  public TransposedConvolutionKernel transposedConvolution(ConvolutionGeometry geometry) {
    return new TransposedConvolutionKernel(new Nd4jConvolution(geometry));
  }

  @Override
  public PoolingKernel pooling(PoolingGeometry geometry) {
    return new Nd4jPooling(geometry);
  }

  @Override
  public NormalizationKernel batchNormalization(NormalizationGeometry geometry) {
    return new Nd4jNormalization(geometry, dataType);
  }

  @Override
  public GroupNormalizationKernel groupNormalization(ImageShape image, int groups, double epsilon) {
    return new Nd4jGroupNormalization(groups, epsilon);
  }

  @Override
  public DenseKernel dense(int inputs, int outputs, Activation activation) {
    return new Nd4jDense(inputs, outputs, activation);
  }

  @Override
  public void activate(Activation activation, INDArray input, INDArray output) {
    output.assign(Nd4jActivations.value(activation, input));
  }

  @Override
  public void activationGradient(
      Activation activation, INDArray values, INDArray outputGradient, INDArray inputGradient) {
    inputGradient.assign(Nd4jActivations.derivative(activation, values).muli(outputGradient));
  }

  @Override
  public void add(INDArray first, INDArray second, Activation activation, INDArray output) {
    activate(activation, first.add(second), output);
  }

  @Override
  public void scaleChannels(ImageShape image, INDArray input, INDArray factors, INDArray output) {
    output.assign(input.mul(perPixel(factors)));
  }

  @Override
  public void scaleChannelsGradient(
      ImageShape image,
      INDArray input,
      INDArray factors,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray factorGradient) {
    factorGradient.assign(input.mul(outputGradient).sum(2, 3));
    inputGradient.assign(outputGradient.mul(perPixel(factors)));
  }

  private static INDArray perPixel(INDArray perImage) {
    return perImage.reshape(perImage.size(0), perImage.size(1), 1, 1);
  }

  @Override
  public void averageOverPixels(ImageShape image, INDArray input, INDArray output) {
    output.assign(input.mean(2, 3));
  }

  @Override
  public void averageOverPixelsGradient(
      ImageShape image, INDArray outputGradient, INDArray inputGradient) {
    INDArray share = outputGradient.div(image.height() * image.width());
    inputGradient.assign(
        share.reshape(share.size(0), share.size(1), 1, 1).broadcast(inputGradient.shape()));
  }

  @Override
  public void subsample(ImageShape image, int outputs, INDArray input, INDArray output) {
    output.assign(0);
    output.get(all(), interval(0, image.channels()), all(), all()).assign(kept(image, input));
  }

  @Override
  public void subsampleGradient(
      ImageShape image, int outputs, INDArray outputGradient, INDArray inputGradient) {
    inputGradient.assign(0);
    kept(image, inputGradient)
        .assign(outputGradient.get(all(), interval(0, image.channels()), all(), all()));
  }

  private static INDArray kept(ImageShape image, INDArray images) {
    return images.get(all(), all(), interval(0, 2, image.height()), interval(0, 2, image.width()));
  }

  @Override
  public void flatten(ImageShape image, INDArray input, INDArray output) {
    output.assign(input.reshape(output.shape()));
  }

  @Override
  public void unflatten(ImageShape image, INDArray input, INDArray output) {
    output.assign(input.reshape(output.shape()));
  }

  @Override
  public void dropout(INDArray input, double rate, long seed, long stream, INDArray output) {
    double[] factors = new double[Math.toIntExact(input.length())];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = Dropout.keeps(seed, stream, i, rate) ? 1 / (1 - rate) : 0;
    }
    output.assign(input.mul(Nd4j.createFromArray(factors).castTo(dataType).reshape(input.shape())));
  }

  @Override
  public void paddingMask(INDArray ids, int paddingId, INDArray mask) {
    mask.assign(ids.neq(paddingId).castTo(dataType));
  }

  @Override
  public LossResult softmaxCrossEntropy(
      INDArray allLogits, INDArray labels, double labelSmoothing, INDArray gradient) {
    long classes = allLogits.size(-1);
    INDArray logits = allLogits.reshape(labels.length(), classes);
    INDArray logProbabilities = logits.ulike();
    Nd4j.exec(
        DynamicCustomOp.builder("log_softmax")
            .addInputs(logits)
            .addOutputs(logProbabilities)
            .addIntegerArguments(1)
            .build());
    INDArray targets = Nd4j.valueArrayOf(logits.shape(), labelSmoothing / classes, dataType);
    INDArray counts = Nd4j.ones(dataType, labels.length(), 1);
    INDArray predictions = logits.argMax(1);
    int correct = 0;
    int counted = 0;
    for (int n = 0; n < labels.length(); n++) {
      int label = labels.getInt(n);
      if (label < 0) {
        counts.putScalar(n, 0, 0);
        continue;
      }
      counted++;
      targets.putScalar(n, label, targets.getDouble(n, label) + 1 - labelSmoothing);
      correct += predictions.getInt(n) == label ? 1 : 0;
    }
    targets.muliColumnVector(counts);
    gradient.assign(
        Transforms.exp(logProbabilities, true)
            .muliColumnVector(counts)
            .subi(targets)
            .reshape(gradient.shape()));
    double sum = -targets.muli(logProbabilities).sumNumber().doubleValue();
    return new LossResult(sum, correct, counted);
  }
}
