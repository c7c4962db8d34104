package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.winograd.ImageTransforms;
import dev.dl.core.kernel.winograd.KernelTransforms;
import dev.dl.core.kernel.winograd.Tiling;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 3x3 convolution of stride 1 by F(4x4, 3x3): the transforms in Java, the products by oneDNN, in
 * chunks of tiles that stay in the last-level cache between the two.
 */
final class WinogradConvolution implements ConvolutionAlgorithm {
  private static final int CHUNKS = 16;
  private static final int CHUNK_FLOATS = 2 << 20;

  private final OneDnnEngine engine;
  private final ConvolutionGeometry geometry;
  private final Scratch scratch;
  private final int inputs;
  private final int outputs;
  private final Tiling there;
  private final Tiling back;
  private final ImageTransforms thereTransforms;
  private final ImageTransforms backTransforms;
  private final KernelTransforms kernels;
  private final PerSize<Call> forward;
  private final PerSize<Call> data;
  private final PerSize<Call> weights;
  private final PerSize<Call> moreWeights;

  /** Memory that all convolutions of one {@code Kernels} share. */
  static final class Scratch {
    private final PointMemory source = new PointMemory();
    private final PointMemory destination = new PointMemory();
    private final PointMemory kernel = new PointMemory();
  }

  WinogradConvolution(
      OneDnnEngine engine, ConvolutionGeometry geometry, Parallel parallel, Scratch scratch) {
    this.engine = engine;
    this.geometry = geometry;
    this.scratch = scratch;
    inputs = geometry.input().channels();
    outputs = geometry.outputs();
    there = new Tiling(geometry.input(), geometry.output(), geometry.padding());
    back = new Tiling(geometry.output(), geometry.input(), 2 - geometry.padding());
    thereTransforms = new ImageTransforms(parallel, there);
    backTransforms = new ImageTransforms(parallel, back);
    kernels = new KernelTransforms(parallel, outputs, inputs);
    forward = new PerSize<>(CHUNKS, tiles -> imageProduct(tiles, inputs, outputs));
    data = new PerSize<>(CHUNKS, tiles -> imageProduct(tiles, outputs, inputs));
    weights = new PerSize<>(CHUNKS, tiles -> weightProduct(tiles, new primitive_attr()));
    moreWeights = new PerSize<>(CHUNKS, tiles -> weightProduct(tiles, accumulating()));
  }

  @Override
  public void forward(INDArray input, INDArray weightValues, INDArray bias, INDArray output) {
    INDArray kernel = scratch.kernel.ofLength(kernelPoints());
    kernels.kernel(DenseArrays.buffer(weightValues), DenseArrays.buffer(kernel));
    float[] biases = geometry.bias() ? DenseArrays.read(bias) : null;
    convolve(there, thereTransforms, forward, input, kernel, biases, geometry.relu(), output);
  }

  @Override
  public void backwardData(INDArray weightValues, INDArray outputGradient, INDArray inputGradient) {
    INDArray kernel = scratch.kernel.ofLength(kernelPoints());
    kernels.turnedKernel(DenseArrays.buffer(weightValues), DenseArrays.buffer(kernel));
    convolve(back, backTransforms, data, outputGradient, kernel, null, false, inputGradient);
  }

  private void convolve(
      Tiling tiling,
      ImageTransforms transforms,
      PerSize<Call> products,
      INDArray source,
      INDArray kernel,
      float[] bias,
      boolean relu,
      INDArray destination) {
    FloatBuffer from = DenseArrays.buffer(source);
    FloatBuffer to = DenseArrays.buffer(destination);
    int rows = Math.toIntExact(source.size(0)) * tiling.rows();
    int chunk = chunkRows(rows);
    INDArray sourcePoints = scratch.source.ofLength(points(chunk, tiling.source().channels()));
    INDArray resultPoints =
        scratch.destination.ofLength(points(chunk, tiling.destination().channels()));
    FloatBuffer sourceBuffer = DenseArrays.buffer(sourcePoints);
    FloatBuffer resultBuffer = DenseArrays.buffer(resultPoints);
    for (int first = 0; first < rows; first += chunk) {
      int count = Math.min(chunk, rows - first);
      transforms.input(from, first, count, sourceBuffer);
      products
          .get((long) count * tiling.columns())
          .at(DNNL_ARG_SRC, sourcePoints)
          .at(DNNL_ARG_WEIGHTS, kernel)
          .at(DNNL_ARG_DST, resultPoints)
          .run();
      transforms.output(resultBuffer, first, count, bias, relu, to);
    }
  }

  @Override
  public void backwardWeights(
      INDArray input, INDArray outputGradient, INDArray weightGradient, INDArray biasGradient) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer gradient = DenseArrays.buffer(outputGradient);
    int rows = Math.toIntExact(input.size(0)) * there.rows();
    int chunk = chunkRows(rows);
    INDArray kernel = scratch.kernel.ofLength(kernelPoints());
    INDArray sourcePoints = scratch.source.ofLength(points(chunk, inputs));
    INDArray gradientPoints = scratch.destination.ofLength(points(chunk, outputs));
    FloatBuffer sourceBuffer = DenseArrays.buffer(sourcePoints);
    FloatBuffer gradientBuffer = DenseArrays.buffer(gradientPoints);
    double[] biasSums = new double[outputs];
    for (int first = 0; first < rows; first += chunk) {
      int count = Math.min(chunk, rows - first);
      int tiles = count * there.columns();
      thereTransforms.input(from, first, count, sourceBuffer);
      thereTransforms.outputGradient(gradient, first, count, gradientBuffer);
      (first == 0 ? weights : moreWeights)
          .get(tiles)
          .at(DNNL_ARG_SRC, gradientPoints)
          .at(DNNL_ARG_WEIGHTS, sourcePoints)
          .at(DNNL_ARG_DST, kernel)
          .run();
      if (biasGradient != null) {
        addTileSums(gradientBuffer, tiles, biasSums);
      }
    }
    kernels.kernelGradient(DenseArrays.buffer(kernel), DenseArrays.buffer(weightGradient));
    if (biasGradient != null) {
      FloatBuffer to = DenseArrays.buffer(biasGradient);
      for (int c = 0; c < outputs; c++) {
        to.put(c, (float) biasSums[c]);
      }
    }
  }

  /** At the point (1, 1) stands the sum of a tile's pixels. */
  private void addTileSums(FloatBuffer points, int tiles, double[] sums) {
    float[] tile = new float[outputs];
    for (int t = 0; t < tiles; t++) {
      points.get((7 * tiles + t) * outputs, tile);
      for (int c = 0; c < outputs; c++) {
        sums[c] += tile[c];
      }
    }
  }

  /** Rows of tiles per chunk, nearly the same for each. */
  private int chunkRows(int rows) {
    long floats = points(rows, inputs + outputs);
    long most = Math.max(CHUNK_FLOATS, kernelPoints());
    int chunks = Math.toIntExact((floats + most - 1) / most);
    return Math.max(1, (rows + chunks - 1) / chunks);
  }

  private long points(int rows, int channels) {
    return (long) Tiling.POINTS * rows * Math.max(there.columns(), back.columns()) * channels;
  }

  private long kernelPoints() {
    return (long) Tiling.POINTS * inputs * outputs;
  }

  private Call imageProduct(long tiles, long from, long to) {
    memory.desc source = engine.dense(Tiling.POINTS, tiles, from);
    memory.desc kernel = engine.dense(Tiling.POINTS, from, to);
    memory.desc result = engine.dense(Tiling.POINTS, tiles, to);
    return product(source, kernel, result, new primitive_attr());
  }

  private Call weightProduct(long tiles, primitive_attr attributes) {
    memory.desc gradient =
        new memory.desc(
            new long[] {Tiling.POINTS, outputs, tiles},
            memory.data_type.f32,
            new long[] {tiles * outputs, 1, outputs});
    memory.desc source = engine.dense(Tiling.POINTS, tiles, inputs);
    return product(gradient, source, engine.dense(Tiling.POINTS, outputs, inputs), attributes);
  }

  private Call product(
      memory.desc left, memory.desc right, memory.desc result, primitive_attr attributes) {
    var description = new matmul.primitive_desc(engine.cpu, left, right, result, attributes, false);
    return new Call(engine, new matmul(description))
        .argument(DNNL_ARG_SRC, left)
        .argument(DNNL_ARG_WEIGHTS, right)
        .argument(DNNL_ARG_DST, result);
  }

  private static primitive_attr accumulating() {
    primitive_attr attributes = new primitive_attr();
    post_ops after = new post_ops();
    after.append_sum(1, 0, memory.data_type.undef);
    attributes.set_post_ops(after);
    return attributes;
  }
}
