package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.AttentionGeometry;
import dev.dl.core.kernel.AttentionKernel;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.ConvolutionRule.Algorithm;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.DenseKernel;
import dev.dl.core.kernel.DropoutMask;
import dev.dl.core.kernel.GroupNormalizationKernel;
import dev.dl.core.kernel.Ids;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Layout;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.NormalizationGeometry;
import dev.dl.core.kernel.NormalizationKernel;
import dev.dl.core.kernel.NormalizedConvolutionKernel;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.PoolingGeometry;
import dev.dl.core.kernel.PoolingKernel;
import dev.dl.core.kernel.RecurrentGeometry;
import dev.dl.core.kernel.RecurrentKernel;
import dev.dl.core.kernel.RowNormalizationKernel;
import dev.dl.core.kernel.TableGeometry;
import dev.dl.core.kernel.TransposedConvolutionKernel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The kernels of the CPU. */
public final class OneDnnKernels implements Kernels {
  private final Parallel parallel;
  private final ConvolutionRule rule;
  private final MatrixProduct product;
  private final ColumnSums columnSums;
  private final DropoutLoops dropouts;
  private final SequenceAverage sequenceAverage;
  private final OneDnnEngine engine = new OneDnnEngine();
  private final Elementwise elementwise;
  private final WinogradConvolution.Scratch winogradScratch = new WinogradConvolution.Scratch();
  private final ThreadLocal<OneDnnAttention.Scratch> attentionScratch =
      ThreadLocal.withInitial(OneDnnAttention.Scratch::new);
  private final PointMemory foldedWeights = new PointMemory();
  private final Map<ImageShape, PoolingKernel> averages = new HashMap<>();
  private final Map<AttentionGeometry, AttentionKernel> attentions = new HashMap<>();
  private final Map<Copy, Call> copies = new HashMap<>();

  private record Copy(long batch, ImageShape image, boolean toChannelsFirst) {}

  /** Kernels whose own loops run on {@code parallel}; oneDNN's threads follow OMP_NUM_THREADS. */
  public OneDnnKernels(Parallel parallel) {
    this(parallel, ConvolutionRule.CURRENT);
  }

  /** As {@link #OneDnnKernels(Parallel)}, with convolutions chosen by {@code rule}. */
  public OneDnnKernels(Parallel parallel, ConvolutionRule rule) {
    this.parallel = parallel;
    this.rule = rule;
    this.elementwise = new Elementwise(engine, parallel);
    this.product = new MatrixProduct(parallel);
    this.columnSums = new ColumnSums(parallel);
    this.dropouts = new DropoutLoops(parallel);
    this.sequenceAverage = new SequenceAverage(parallel);
  }

  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public DataType dataType() {
    return DataType.FLOAT;
  }

  @Override
  public boolean inputsTravel() {
    return false;
  }

  @Override
  public Layout layout() {
    return Layout.CHANNELS_LAST;
  }

  @Override
  public ConvolutionKernel convolution(ConvolutionGeometry geometry) {
    return convolution(geometry, OneDnnEngine.attributes(geometry.activation()));
  }

  @Override
  public NormalizedConvolutionKernel normalizedConvolution(
      ConvolutionGeometry convolution, NormalizationGeometry normalization) {
    ConvolutionGeometry folded = convolution.folding(normalization);
    ConvolutionKernel kernel =
        convolution(folded, OneDnnEngine.attributesKeepingNan(folded.activation()));
    return new NormalizedConvolution(
        convolution,
        new FoldedConvolution(parallel, folded, kernel, normalization.epsilon(), foldedWeights),
        convolution(convolution),
        batchNormalization(normalization));
  }

  private ConvolutionKernel convolution(ConvolutionGeometry geometry, primitive_attr attributes) {
    var direct = new DirectConvolution(engine, geometry, attributes, elementwise);
    Map<Algorithm, ConvolutionKernel> kernels = new EnumMap<>(Algorithm.class);
    kernels.put(Algorithm.DIRECT, direct);
    if (Algorithm.WINOGRAD.covers(geometry)) {
      kernels.put(
          Algorithm.WINOGRAD, new WinogradConvolution(engine, geometry, parallel, winogradScratch));
    }
    if (Algorithm.IMAGE_BY_IMAGE.covers(geometry)) {
      kernels.put(
          Algorithm.IMAGE_BY_IMAGE,
          parallel.isOpenMp()
              ? new ImageByImage(engine, geometry, attributes, elementwise, parallel)
              : direct);
    }
    return kernels.size() == 1 ? direct : new OneDnnConvolution(geometry, rule, kernels);
  }

  @Override
  public TransposedConvolutionKernel transposedConvolution(ConvolutionGeometry geometry) {
    return new TransposedConvolutionKernel(
        new DirectConvolution(
            engine, geometry, OneDnnEngine.attributes(geometry.activation()), elementwise));
  }

  @Override
  public PoolingKernel pooling(PoolingGeometry geometry) {
    return new OneDnnPooling(engine, geometry);
  }

  @Override
  public NormalizationKernel batchNormalization(NormalizationGeometry geometry) {
    return new ChannelNormalization(engine, parallel, geometry, elementwise);
  }

  @Override
  public GroupNormalizationKernel groupNormalization(ImageShape image, int groups, double epsilon) {
    return new ImageGroupNormalization(parallel, image, groups, epsilon);
  }

  @Override
  public DenseKernel dense(int inputs, int outputs, Activation activation) {
    return new OneDnnDense(engine, inputs, outputs, activation, elementwise, product, columnSums);
  }

  @Override
  public RowNormalizationKernel layerNormalization(int features, double epsilon) {
    return new OneDnnLayerNormalization(engine, features, epsilon);
  }

  @Override
  public RowNormalizationKernel rmsNormalization(int features, double epsilon) {
    return new RmsNormalization(parallel, features, epsilon);
  }

  /** One for all places of a geometry: it keeps nothing from its forward to its backward pass. */
  @Override
  public AttentionKernel attention(AttentionGeometry geometry) {
    return attentions.computeIfAbsent(
        geometry, shape -> new OneDnnAttention(engine, shape, parallel, attentionScratch));
  }

  @Override
  public RecurrentKernel recurrent(RecurrentGeometry geometry) {
    return new OneDnnRecurrent(engine, parallel, geometry);
  }

  @Override
  public void activate(Activation activation, INDArray input, INDArray output) {
    elementwise.activate(activation, input, output);
  }

  @Override
  public void activationGradient(
      Activation activation, INDArray values, INDArray outputGradient, INDArray inputGradient) {
    elementwise.gradient(activation, values, outputGradient, inputGradient);
  }

  @Override
  public void add(INDArray first, INDArray second, Activation activation, INDArray output) {
    elementwise.add(first, second, activation, output);
  }

  @Override
  public void scaleChannels(ImageShape image, INDArray input, INDArray factors, INDArray output) {
    new ImageScaling(parallel, image).forward(input, factors, output);
  }

  @Override
  public void scaleChannelsGradient(
      ImageShape image,
      INDArray input,
      INDArray factors,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray factorGradient) {
    new ImageScaling(parallel, image)
        .backward(input, factors, outputGradient, inputGradient, factorGradient);
  }

  @Override
  public void addToChannels(ImageShape image, INDArray input, INDArray bias, INDArray output) {
    elementwise.addRows(input, bias, output);
  }

  @Override
  public void addToChannelsGradient(
      ImageShape image, INDArray outputGradient, INDArray biasGradient) {
    columnSums.run(outputGradient, biasGradient);
  }

  @Override
  public void averageOverPixels(ImageShape image, INDArray input, INDArray output) {
    average(image).forward(input, output, true);
  }

  @Override
  public void averageOverPixelsGradient(
      ImageShape image, INDArray outputGradient, INDArray inputGradient) {
    average(image).backward(null, outputGradient, inputGradient);
  }

  private PoolingKernel average(ImageShape image) {
    return averages.computeIfAbsent(image, shape -> OneDnnPooling.global(engine, shape));
  }

  @Override
  public void subsample(ImageShape image, int outputs, INDArray input, INDArray output) {
    new Subsampling(image, outputs)
        .forward(parallel, DenseArrays.buffer(input), DenseArrays.buffer(output));
  }

  @Override
  public void subsampleGradient(
      ImageShape image, int outputs, INDArray outputGradient, INDArray inputGradient) {
    new Subsampling(image, outputs)
        .backward(parallel, DenseArrays.buffer(outputGradient), DenseArrays.buffer(inputGradient));
  }

  @Override
  public void flatten(ImageShape image, INDArray input, INDArray output) {
    copy(new Copy(input.size(0), image, true), input, output);
  }

  @Override
  public void unflatten(ImageShape image, INDArray input, INDArray output) {
    copy(new Copy(input.size(0), image, false), input, output);
  }

  private void copy(Copy copy, INDArray input, INDArray output) {
    copies
        .computeIfAbsent(copy, this::prepareCopy)
        .at(DNNL_ARG_SRC, input)
        .at(DNNL_ARG_DST, output)
        .run();
  }

  private Call prepareCopy(Copy copy) {
    memory last = engine.unbound(engine.images(copy.batch(), copy.image()));
    memory first = engine.unbound(engine.imagesChannelsFirst(copy.batch(), copy.image()));
    memory from = copy.toChannelsFirst() ? last : first;
    memory to = copy.toChannelsFirst() ? first : last;
    return new Call(engine, new reorder(from, to))
        .fixed(DNNL_ARG_SRC, from)
        .fixed(DNNL_ARG_DST, to);
  }

  @Override
  public void pixels(ImageShape image, INDArray input, INDArray output) {
    elementwise.activate(Activation.NONE, input, output);
  }

  @Override
  public void fromPixels(ImageShape image, INDArray input, INDArray output) {
    elementwise.activate(Activation.NONE, input, output);
  }

  /** As of images of one column, whose channels are the features. */
  @Override
  public void transpose(INDArray input, INDArray output) {
    flatten(new ImageShape((int) input.size(2), (int) input.size(1), 1), input, output);
  }

  @Override
  public void scaleFeatures(INDArray input, INDArray factors, INDArray output) {
    elementwise.multiplyRows(input, factors, output);
  }

  @Override
  public void scaleFeaturesGradient(
      INDArray input, INDArray outputGradient, INDArray factorGradient) {
    new ColumnProducts(parallel).run(input, outputGradient, factorGradient);
  }

  @Override
  public void embed(INDArray table, INDArray ids, INDArray output) {
    lookup(ids, table).gather(parallel, DenseArrays.buffer(table), DenseArrays.buffer(output));
  }

  @Override
  public void embedGradient(
      INDArray ids, INDArray outputGradient, int paddingId, INDArray tableGradient) {
    lookup(ids, tableGradient)
        .scatter(
            parallel,
            DenseArrays.buffer(outputGradient),
            paddingId,
            DenseArrays.buffer(tableGradient));
  }

  private static Lookup lookup(INDArray ids, INDArray table) {
    return new Lookup(
        Ids.read(ids, Math.toIntExact(table.size(0))), Math.toIntExact(table.size(1)));
  }

  @Override
  public void dropout(INDArray input, DropoutMask dropout, INDArray output) {
    if (dropout.drops()) {
      dropouts.run(input, null, dropout, output);
    } else {
      elementwise.activate(Activation.NONE, input, output);
    }
  }

  @Override
  public void addDropped(INDArray shortcut, INDArray branch, DropoutMask dropout, INDArray output) {
    if (dropout.drops()) {
      dropouts.run(branch, shortcut, dropout, output);
    } else {
      elementwise.add(shortcut, branch, Activation.NONE, output);
    }
  }

  @Override
  public void addRows(INDArray input, INDArray rows, INDArray output) {
    elementwise.addRows(input, rows, output);
  }

  @Override
  public void addRowsGradient(INDArray outputGradient, INDArray rowsGradient) {
    columnSums.run(outputGradient, rowsGradient);
  }

  @Override
  public void averageOverSequence(INDArray input, INDArray mask, INDArray output) {
    sequenceAverage.forward(input, mask, output);
  }

  @Override
  public void averageOverSequenceGradient(
      INDArray mask, INDArray outputGradient, INDArray inputGradient) {
    sequenceAverage.backward(mask, outputGradient, inputGradient);
  }

  @Override
  public void maximumOverSequence(INDArray input, INDArray mask, INDArray output) {
    new SequenceMaximum(parallel).forward(input, mask, output);
  }

  @Override
  public void maximumOverSequenceGradient(
      INDArray input, INDArray mask, INDArray outputGradient, INDArray inputGradient) {
    new SequenceMaximum(parallel).backward(input, mask, outputGradient, inputGradient);
  }

  @Override
  public void poolByAttention(INDArray input, INDArray scores, INDArray mask, INDArray output) {
    new AttentionPooling(parallel).forward(input, scores, mask, output);
  }

  @Override
  public void poolByAttentionGradient(
      INDArray input,
      INDArray scores,
      INDArray mask,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray scoreGradient) {
    new AttentionPooling(parallel)
        .backward(input, scores, mask, outputGradient, inputGradient, scoreGradient);
  }

  @Override
  public void windows(INDArray input, int width, INDArray output) {
    new SequenceWindows(parallel, width).forward(input, output);
  }

  @Override
  public void windowsGradient(int width, INDArray outputGradient, INDArray inputGradient) {
    new SequenceWindows(parallel, width).backward(outputGradient, inputGradient);
  }

  @Override
  public void join(INDArray[] parts, INDArray whole) {
    Joining.join(parts, whole);
  }

  @Override
  public void split(INDArray whole, INDArray[] parts) {
    Joining.split(whole, parts);
  }

  @Override
  public void embedColumns(
      TableGeometry geometry, INDArray rows, INDArray tables, INDArray output) {
    new TableLookup(parallel, geometry).forward(rows, tables, output);
  }

  @Override
  public void embedColumnsGradient(
      TableGeometry geometry, INDArray rows, INDArray outputGradient, INDArray tableGradients) {
    new TableLookup(parallel, geometry).backward(rows, outputGradient, tableGradients);
  }

  @Override
  public void columnVectors(
      TableGeometry geometry, INDArray rows, INDArray vectors, INDArray output) {
    new ColumnVectors(parallel, geometry).forward(rows, vectors, output);
  }

  @Override
  public void columnVectorsGradient(
      TableGeometry geometry, INDArray rows, INDArray outputGradient, INDArray vectorGradients) {
    new ColumnVectors(parallel, geometry).backward(rows, outputGradient, vectorGradients);
  }

  @Override
  public void paddingMask(INDArray ids, int paddingId, INDArray mask) {
    float[] values = DenseArrays.read(ids);
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == paddingId ? 0 : 1;
    }
    DenseArrays.write(values, mask);
  }

  @Override
  public void lastStep(INDArray sequences, INDArray mask, boolean bidirectional, INDArray output) {
    new LastSteps(mask, bidirectional).forward(sequences, output);
  }

  @Override
  public void lastStepGradient(
      INDArray outputGradient, INDArray mask, boolean bidirectional, INDArray inputGradient) {
    new LastSteps(mask, bidirectional).backward(outputGradient, inputGradient);
  }

  @Override
  public LossResult loss(Loss loss, INDArray outputs, INDArray targets, INDArray gradient) {
    if (loss instanceof Loss.Contrastive contrastive) {
      return new ContrastiveLoss(parallel, contrastive.scale()).run(outputs, gradient);
    }
    if (loss instanceof Loss.CosineError) {
      return CosineLoss.run(outputs, targets, gradient);
    }
    return loss instanceof Loss.Dice dice
        ? new DiceLoss(parallel, dice).run(outputs, targets, gradient)
        : LossRow.run(parallel, loss, outputs, targets, gradient);
  }
}
