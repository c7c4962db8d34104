package dev.dl.core.kernel.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.AttentionGeometry;
import dev.dl.core.kernel.AttentionKernel;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.DenseKernel;
import dev.dl.core.kernel.DropoutMask;
import dev.dl.core.kernel.GroupNormalizationKernel;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Layout;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.NormalizationGeometry;
import dev.dl.core.kernel.NormalizationKernel;
import dev.dl.core.kernel.NormalizedConvolutionKernel;
import dev.dl.core.kernel.PoolingGeometry;
import dev.dl.core.kernel.PoolingKernel;
import dev.dl.core.kernel.RecurrentGeometry;
import dev.dl.core.kernel.RecurrentKernel;
import dev.dl.core.kernel.RowNormalizationKernel;
import dev.dl.core.kernel.TableGeometry;
import dev.dl.core.kernel.TransposedConvolutionKernel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
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

  /** Also where there is no GPU, so that what runs on one is tried everywhere. */
  @Override
  public boolean inputsTravel() {
    return true;
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
  public NormalizedConvolutionKernel normalizedConvolution(
      ConvolutionGeometry convolution, NormalizationGeometry normalization) {
    return new Nd4jNormalizedConvolution(
        convolution(convolution.folding(normalization)), normalization.epsilon());
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
  public RecurrentKernel recurrent(RecurrentGeometry geometry) {
    return new Nd4jRecurrent(geometry);
  }

  @Override
  public RowNormalizationKernel layerNormalization(int features, double epsilon) {
    return new Nd4jRowNormalization(features, epsilon, true);
  }

  @Override
  public RowNormalizationKernel rmsNormalization(int features, double epsilon) {
    return new Nd4jRowNormalization(features, epsilon, false);
  }

  @Override
  public AttentionKernel attention(AttentionGeometry geometry) {
    return new Nd4jAttention(geometry, dataType);
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
    INDArray images = input.reshape(layout().arrayShape(input.size(0), image));
    output.assign(images.mul(perPixel(factors)).reshape(output.shape()));
  }

  @Override
  public void scaleChannelsGradient(
      ImageShape image,
      INDArray input,
      INDArray factors,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray factorGradient) {
    factorGradient.assign(Nd4jSums.ofImages(input.mul(outputGradient)));
    inputGradient.assign(outputGradient.mul(perPixel(factors)));
  }

  private static INDArray perPixel(INDArray perImage) {
    return perImage.reshape(perImage.size(0), perImage.size(1), 1, 1);
  }

  @Override
  public void addToChannels(ImageShape image, INDArray input, INDArray bias, INDArray output) {
    output.assign(input.add(bias.reshape(1, image.channels(), 1, 1).broadcast(input.shape())));
  }

  @Override
  public void addToChannelsGradient(
      ImageShape image, INDArray outputGradient, INDArray biasGradient) {
    biasGradient.assign(Nd4jSums.ofChannels(outputGradient));
  }

  @Override
  public void averageOverPixels(ImageShape image, INDArray input, INDArray output) {
    output.assign(Nd4jSums.ofImages(input).divi(image.height() * image.width()));
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
  public void pixels(ImageShape image, INDArray input, INDArray output) {
    output.assign(input.permute(0, 2, 3, 1).reshape(output.shape()));
  }

  @Override
  public void fromPixels(ImageShape image, INDArray input, INDArray output) {
    output.assign(
        input
            .reshape(input.size(0), image.height(), image.width(), image.channels())
            .permute(0, 3, 1, 2));
  }

  @Override
  public void transpose(INDArray input, INDArray output) {
    output.assign(input.permute(0, 2, 1));
  }

  @Override
  public void scaleFeatures(INDArray input, INDArray factors, INDArray output) {
    output.assign(
        samples(input, factors.length())
            .mulRowVector(factors.reshape(factors.length()))
            .reshape(output.shape()));
  }

  @Override
  public void scaleFeaturesGradient(
      INDArray input, INDArray outputGradient, INDArray factorGradient) {
    INDArray products = input.mul(outputGradient);
    factorGradient.assign(
        Nd4jSums.ofColumns(samples(products, factorGradient.length()))
            .reshape(factorGradient.shape()));
  }

  @Override
  public void embed(INDArray table, INDArray ids, INDArray output) {
    Nd4jSequences.embed(table, ids, output);
  }

  @Override
  public void embedGradient(
      INDArray ids, INDArray outputGradient, int paddingId, INDArray tableGradient) {
    Nd4jSequences.embedGradient(ids, outputGradient, paddingId, tableGradient);
  }

  @Override
  public void dropout(INDArray input, DropoutMask dropout, INDArray output) {
    output.assign(input.mul(factors(dropout, input)));
  }

  @Override
  public void addDropped(INDArray shortcut, INDArray branch, DropoutMask dropout, INDArray output) {
    output.assign(branch.mul(factors(dropout, branch)).addi(shortcut));
  }

  private INDArray factors(DropoutMask dropout, INDArray values) {
    int length = Math.toIntExact(values.length());
    float[] factors = new float[length];
    long first = dropout.firstSample() * (length / values.size(0));
    for (int start = 0; start < length; ) {
      int within = (int) ((first + start) % DropoutMask.BLOCK);
      int count = Math.min(DropoutMask.BLOCK - within, length - start);
      long block = (first + start) / DropoutMask.BLOCK;
      System.arraycopy(dropout.factors(block, within, count), 0, factors, start, count);
      start += count;
    }
    return Nd4j.createFromArray(factors).castTo(dataType).reshape(values.shape());
  }

  @Override
  public void addRows(INDArray input, INDArray rows, INDArray output) {
    output.assign(
        samples(input, rows.length())
            .addRowVector(rows.reshape(rows.length()))
            .reshape(output.shape()));
  }

  @Override
  public void addRowsGradient(INDArray outputGradient, INDArray rowsGradient) {
    rowsGradient.assign(
        Nd4jSums.ofColumns(samples(outputGradient, rowsGradient.length()))
            .reshape(rowsGradient.shape()));
  }

  private static INDArray samples(INDArray array, long size) {
    return array.reshape(array.length() / size, size);
  }

  @Override
  public void averageOverSequence(INDArray input, INDArray mask, INDArray output) {
    output.assign(Nd4jSums.overSteps(input.mul(shares(mask, input))));
  }

  @Override
  public void averageOverSequenceGradient(
      INDArray mask, INDArray outputGradient, INDArray inputGradient) {
    INDArray repeated =
        outputGradient
            .reshape(outputGradient.size(0), 1, outputGradient.size(1))
            .broadcast(inputGradient.shape());
    inputGradient.assign(repeated.mul(shares(mask, inputGradient)));
  }

  /** What each value of the sequences counts in the mean. */
  private INDArray shares(INDArray mask, INDArray sequences) {
    INDArray counts =
        mask == null ? Nd4j.ones(dataType, sequences.size(0), sequences.size(1)) : mask;
    INDArray shares = counts.divColumnVector(Transforms.max(Nd4jSums.ofRows(counts), 1, true));
    return shares.reshape(sequences.size(0), sequences.size(1), 1).broadcast(sequences.shape());
  }

  @Override
  public void maximumOverSequence(INDArray input, INDArray mask, INDArray output) {
    Nd4jSequences.maximum(input, mask, output);
  }

  @Override
  public void maximumOverSequenceGradient(
      INDArray input, INDArray mask, INDArray outputGradient, INDArray inputGradient) {
    Nd4jSequences.maximumGradient(input, mask, outputGradient, inputGradient);
  }

  @Override
  public void poolByAttention(INDArray input, INDArray scores, INDArray mask, INDArray output) {
    Nd4jAttentionPooling.forward(input, scores, mask, output);
  }

  @Override
  public void poolByAttentionGradient(
      INDArray input,
      INDArray scores,
      INDArray mask,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray scoreGradient) {
    Nd4jAttentionPooling.backward(
        input, scores, mask, outputGradient, inputGradient, scoreGradient);
  }

  @Override
  public void windows(INDArray input, int width, INDArray output) {
    Nd4jSequences.windows(input, width, output);
  }

  @Override
  public void windowsGradient(int width, INDArray outputGradient, INDArray inputGradient) {
    Nd4jSequences.windowsGradient(width, outputGradient, inputGradient);
  }

  @Override
  public void join(INDArray[] parts, INDArray whole) {
    Nd4jTables.join(parts, whole);
  }

  @Override
  public void split(INDArray whole, INDArray[] parts) {
    Nd4jTables.split(whole, parts);
  }

  @Override
  public void embedColumns(
      TableGeometry geometry, INDArray rows, INDArray tables, INDArray output) {
    Nd4jTables.embedColumns(geometry, rows, tables, output);
  }

  @Override
  public void embedColumnsGradient(
      TableGeometry geometry, INDArray rows, INDArray outputGradient, INDArray tableGradients) {
    Nd4jTables.embedColumnsGradient(geometry, rows, outputGradient, tableGradients);
  }

  @Override
  public void columnVectors(
      TableGeometry geometry, INDArray rows, INDArray vectors, INDArray output) {
    Nd4jTables.columnVectors(geometry, rows, vectors, output);
  }

  @Override
  public void columnVectorsGradient(
      TableGeometry geometry, INDArray rows, INDArray outputGradient, INDArray vectorGradients) {
    Nd4jTables.columnVectorsGradient(geometry, rows, outputGradient, vectorGradients);
  }

  @Override
  public void paddingMask(INDArray ids, int paddingId, INDArray mask) {
    mask.assign(ids.neq(paddingId).castTo(dataType));
  }

  @Override
  public void lastStep(INDArray sequences, INDArray mask, boolean bidirectional, INDArray output) {
    Nd4jSequences.lastStep(sequences, mask, bidirectional, output);
  }

  @Override
  public void lastStepGradient(
      INDArray outputGradient, INDArray mask, boolean bidirectional, INDArray inputGradient) {
    Nd4jSequences.lastStepGradient(outputGradient, mask, bidirectional, inputGradient);
  }

  @Override
  public LossResult loss(Loss loss, INDArray outputs, INDArray targets, INDArray gradient) {
    return Nd4jLosses.run(loss, outputs, targets, gradient);
  }
}
