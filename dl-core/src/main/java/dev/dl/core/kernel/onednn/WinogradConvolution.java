package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.winograd.InputTransform;
import dev.dl.core.kernel.winograd.KernelTransforms;
import dev.dl.core.kernel.winograd.OutputTransform;
import dev.dl.core.kernel.winograd.Tables;
import dev.dl.core.kernel.winograd.Tiling;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 3x3 convolution of stride 1, without an activation or with ReLU, by F(4x4, 3x3): the transforms
 * in Java, the products by oneDNN, in chunks of tiles that stay in the last-level cache between the
 * two. The backward pass is the transpose of the forward pass, step by step, so that both gradients
 * share one transform.
 */
final class WinogradConvolution implements ConvolutionKernel {
  private static final int SIZES = 16;

  /** Points of a chunk: 8 MiB, or as much as the kernel's points, which each chunk reads anew. */
  private static final long CHUNK_FLOATS = 2 << 20;

  private final OneDnnEngine engine;
  private final ConvolutionGeometry geometry;
  private final Scratch scratch;
  private final boolean relu;
  private final int inputs;
  private final int outputs;
  private final Tiling tiling;
  private final InputTransform inputTransform;
  private final OutputTransform outputTransform;
  private final KernelTransforms kernels;
  private final PerSize<Call> forward = new PerSize<>(SIZES, this::prepareForward);
  private final PerSize<Call> data = new PerSize<>(SIZES, this::prepareData);
  private final PerSize<Call> weights =
      new PerSize<>(SIZES, tiles -> prepareWeights(tiles, new post_ops()));
  private final PerSize<Call> moreWeights =
      new PerSize<>(SIZES, tiles -> prepareWeights(tiles, addition()));

  /** Memory that all convolutions of one {@code Kernels} share. */
  static final class Scratch {
    private final PointMemory source = new PointMemory();
    private final PointMemory destination = new PointMemory();
    private final PointMemory kernel = new PointMemory();
    private final PointMemory kernelGradient = new PointMemory();
    private final ThreadLocal<Tables> tables = ThreadLocal.withInitial(Tables::new);
  }

  WinogradConvolution(
      OneDnnEngine engine, ConvolutionGeometry geometry, Parallel parallel, Scratch scratch) {
    this.engine = engine;
    this.geometry = geometry;
    this.scratch = scratch;
    relu = geometry.activation() == Activation.RELU;
    inputs = geometry.input().channels();
    outputs = geometry.outputs();
    tiling = new Tiling(geometry.input(), geometry.output(), geometry.window().padding());
    inputTransform = new InputTransform(parallel, tiling, scratch.tables);
    outputTransform = new OutputTransform(parallel, tiling, scratch.tables);
    kernels = new KernelTransforms(parallel, outputs, inputs);
  }

  @Override
  public void forward(INDArray input, INDArray weightValues, INDArray bias, INDArray output) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    float[] biases = geometry.bias() ? DenseArrays.read(bias) : null;
    INDArray kernel = scratch.kernel.ofLength(kernelPoints());
    kernels.kernel(DenseArrays.buffer(weightValues), DenseArrays.buffer(kernel));
    int rows = rows(input);
    int chunk = chunkRows(rows, 1);
    INDArray source = scratch.source.ofLength(points(chunk, inputs));
    INDArray destination = scratch.destination.ofLength(points(chunk, outputs));
    for (int first = 0; first < rows; first += chunk) {
      int count = Math.min(chunk, rows - first);
      inputTransform.forward(from, first, count, DenseArrays.buffer(source));
      multiply(forward.get(tiles(count)), source, kernel, destination);
      outputTransform.forward(DenseArrays.buffer(destination), first, count, biases, relu, to);
    }
  }

  @Override
  public void backward(
      INDArray input,
      INDArray weightValues,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer gradients = DenseArrays.buffer(outputGradient);
    FloatBuffer mask = relu ? DenseArrays.buffer(output) : null;
    INDArray kernel = scratch.kernel.ofLength(kernelPoints());
    if (inputGradient != null) {
      kernels.transposedKernel(DenseArrays.buffer(weightValues), DenseArrays.buffer(kernel));
    }
    INDArray kernelGradient = scratch.kernelGradient.ofLength(kernelPoints());
    int rows = rows(input);
    int chunk = chunkRows(rows, tiling.rows());
    INDArray source = scratch.source.ofLength(points(chunk, inputs));
    INDArray destination = scratch.destination.ofLength(points(chunk, outputs));
    double[] biasSums = new double[outputs];
    for (int first = 0; first < rows; first += chunk) {
      int count = Math.min(chunk, rows - first);
      outputTransform.backward(gradients, mask, first, count, DenseArrays.buffer(destination));
      if (weightGradient != null) {
        inputTransform.forward(from, first, count, DenseArrays.buffer(source));
        PerSize<Call> products = first == 0 ? weights : moreWeights;
        multiply(products.get(tiles(count)), destination, source, kernelGradient);
      }
      if (biasGradient != null) {
        addTileSums(DenseArrays.buffer(destination), tiles(count), biasSums);
      }
      if (inputGradient != null) {
        multiply(data.get(tiles(count)), destination, kernel, source);
        inputTransform.backward(
            DenseArrays.buffer(source), first, count, DenseArrays.buffer(inputGradient));
      }
    }
    if (weightGradient != null) {
      FloatBuffer to = DenseArrays.buffer(weightGradient);
      kernels.kernelGradient(DenseArrays.buffer(kernelGradient), to);
    }
    if (biasGradient != null) {
      write(biasSums, biasGradient);
    }
  }

  private void addTileSums(FloatBuffer points, int tiles, double[] sums) {
    float[] values = new float[outputs];
    for (int tile = 0; tile < tiles; tile++) {
      points.get((Tiling.SUM * tiles + tile) * outputs, values);
      for (int c = 0; c < outputs; c++) {
        sums[c] += values[c];
      }
    }
  }

  private static void write(double[] values, INDArray array) {
    FloatBuffer to = DenseArrays.buffer(array);
    for (int i = 0; i < values.length; i++) {
      to.put(i, (float) values[i]);
    }
  }

  private static void multiply(Call product, INDArray left, INDArray right, INDArray result) {
    product.at(DNNL_ARG_SRC, left).at(DNNL_ARG_WEIGHTS, right).at(DNNL_ARG_DST, result).run();
  }

  private int rows(INDArray images) {
    return Math.toIntExact(images.size(0)) * tiling.rows();
  }

  private int tiles(int rows) {
    return rows * tiling.columns();
  }

  /** Rows of tiles per chunk: a multiple of {@code unit}, and nearly the same for each chunk. */
  private int chunkRows(int rows, int unit) {
    long most = Math.max(CHUNK_FLOATS, kernelPoints());
    long chunks = (points(rows, inputs + outputs) + most - 1) / most;
    int units = rows / unit;
    return unit * Math.max(1, Math.toIntExact((units + chunks - 1) / chunks));
  }

  private long points(int rows, int channels) {
    return (long) Tiling.POINTS * tiles(rows) * channels;
  }

  private long kernelPoints() {
    return (long) Tiling.POINTS * inputs * outputs;
  }

  private Call prepareForward(long tiles) {
    return product(
        engine.dense(Tiling.POINTS, tiles, inputs),
        engine.dense(Tiling.POINTS, inputs, outputs),
        engine.dense(Tiling.POINTS, tiles, outputs),
        new post_ops());
  }

  private Call prepareData(long tiles) {
    return product(
        engine.dense(Tiling.POINTS, tiles, outputs),
        engine.dense(Tiling.POINTS, outputs, inputs),
        engine.dense(Tiling.POINTS, tiles, inputs),
        new post_ops());
  }

  private Call prepareWeights(long tiles, post_ops after) {
    memory.desc transposed =
        new memory.desc(
            new long[] {Tiling.POINTS, outputs, tiles},
            memory.data_type.f32,
            new long[] {tiles * outputs, 1, outputs});
    return product(
        transposed,
        engine.dense(Tiling.POINTS, tiles, inputs),
        engine.dense(Tiling.POINTS, outputs, inputs),
        after);
  }

  private Call product(memory.desc left, memory.desc right, memory.desc result, post_ops after) {
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(after);
    var description = new matmul.primitive_desc(engine.cpu, left, right, result, attributes, false);
    return new Call(engine, new matmul(description))
        .argument(DNNL_ARG_SRC, left)
        .argument(DNNL_ARG_WEIGHTS, right)
        .argument(DNNL_ARG_DST, result);
  }

  private static post_ops addition() {
    post_ops after = new post_ops();
    after.append_sum(1, 0, memory.data_type.undef);
    return after;
  }
}
