package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import dev.dl.core.data.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.DenseKernel;
import dev.dl.core.kernel.Dropout;
import dev.dl.core.kernel.GroupNormalizationKernel;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Layout;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.NormalizationGeometry;
import dev.dl.core.kernel.NormalizationKernel;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.PoolingGeometry;
import dev.dl.core.kernel.PoolingKernel;
import dev.dl.core.kernel.TransposedConvolutionKernel;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The kernels of the CPU. */
public final class OneDnnKernels implements Kernels {
  private static final int TILE = 2048;

  private final Parallel parallel;
  private final ConvolutionRule rule;
  private final OneDnnEngine engine = new OneDnnEngine();
  private final Elementwise elementwise = new Elementwise(engine);
  private final WinogradConvolution.Scratch winograd = new WinogradConvolution.Scratch();
  private final Map<ImageShape, PoolingKernel> averages = new HashMap<>();
  private final Map<Copy, Call> copies = new HashMap<>();

  private record Copy(long batch, ImageShape image, boolean toChannelsFirst) {}

  /** Kernels whose own loops run on {@code parallel}; oneDNN's threads follow OMP_NUM_THREADS. */
  public OneDnnKernels(Parallel parallel) {
    this(parallel, ConvolutionRule.LEAST_COST);
  }

  /** As {@link #OneDnnKernels(Parallel)}, with convolutions chosen by {@code rule}. */
  public OneDnnKernels(Parallel parallel, ConvolutionRule rule) {
    this.parallel = parallel;
    this.rule = rule;
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
  public Layout layout() {
    return Layout.CHANNELS_LAST;
  }

  @Override
  public ConvolutionKernel convolution(ConvolutionGeometry geometry) {
    return new OneDnnConvolution(
        geometry,
        rule,
        new DirectConvolution(engine, geometry, elementwise),
        new WinogradConvolution(engine, geometry, parallel, winograd));
  }

  @Override
  public TransposedConvolutionKernel transposedConvolution(ConvolutionGeometry geometry) {
    return new TransposedConvolutionKernel(new DirectConvolution(engine, geometry, elementwise));
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
    return new OneDnnDense(engine, inputs, outputs, activation, elementwise);
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
  public void dropout(INDArray input, double rate, long seed, long stream, INDArray output) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    int length = from.capacity();
    int tiles = (length + TILE - 1) / TILE;
    parallel.run(
        tiles,
        tile -> {
          int start = tile * TILE;
          float[] values = new float[Math.min(TILE, length - start)];
          from.get(start, values);
          Dropout.apply(values, values.length, start, rate, seed, stream);
          to.put(start, values);
        });
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
  public LossResult softmaxCrossEntropy(
      INDArray logits, INDArray labels, double labelSmoothing, INDArray gradient) {
    return SoftmaxLoss.run(logits, labels, labelSmoothing, gradient);
  }
}
