package dev.dl.core.kernel.onednn;

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
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 3x3 convolution of stride 1, without an activation or with ReLU, by F(4x4, 3x3): the transforms
 * in Java, the products by oneDNN, in chunks of tiles that stay in a cache between the two. The
 * backward pass is the transpose of the forward pass, step by step, so that both gradients share
 * one transform.
 *
 * <p>Each thread has chunks of its own, whose points no other thread touches, as long as the
 * kernel's points are few; many are shared out instead, so that each is read by one thread only.
 */
final class WinogradConvolution implements ConvolutionKernel {
  /** Points of the largest kernel that each thread reads for itself: 4 MiB. */
  private static final long OWN_KERNEL_FLOATS = 1 << 20;

  /** Points of a chunk of one thread: 1 MiB, about what its second-level cache holds. */
  private static final long OWN_CHUNK_FLOATS = 1 << 18;

  /**
   * Points of a chunk of all threads: 8 MiB, or as many as the kernel's, which each chunk reads
   * anew.
   */
  private static final long SHARED_CHUNK_FLOATS = 2 << 20;

  private final ConvolutionGeometry geometry;
  private final Parallel parallel;
  private final Scratch scratch;
  private final boolean relu;
  private final int inputs;
  private final int outputs;

  /** Parts of a batch, each with chunks of its own: as many as threads, or one. */
  private final int parts;

  private final Tiling tiling;
  private final InputTransform inputTransform;
  private final OutputTransform outputTransform;
  private final KernelTransforms kernels;
  private final ThreadLocal<WinogradProducts> products;

  /** Memory that all convolutions of one {@code Kernels} share. */
  static final class Scratch {
    private final PointMemory kernel = new PointMemory();
    private final PointMemory kernelGradients = new PointMemory();
    private final ThreadLocal<ChunkMemory> chunk = ThreadLocal.withInitial(ChunkMemory::new);
    private final ThreadLocal<Tables> tables = ThreadLocal.withInitial(Tables::new);
  }

  /** Points of one chunk, on the two sides of the product. */
  private static final class ChunkMemory {
    private final PointMemory source = new PointMemory();
    private final PointMemory destination = new PointMemory();
  }

  WinogradConvolution(
      OneDnnEngine engine, ConvolutionGeometry geometry, Parallel parallel, Scratch scratch) {
    this.geometry = geometry;
    this.parallel = parallel;
    this.scratch = scratch;
    relu = geometry.activation() == Activation.RELU;
    inputs = geometry.input().channels();
    outputs = geometry.outputs();
    parts = parallel.isOpenMp() && kernelPoints() <= OWN_KERNEL_FLOATS ? parallel.threads() : 1;
    tiling = new Tiling(geometry.input(), geometry.output(), geometry.window().padding());
    inputTransform = new InputTransform(parallel, tiling, scratch.tables);
    outputTransform = new OutputTransform(parallel, tiling, scratch.tables);
    kernels = new KernelTransforms(parallel, outputs, inputs);
    products = ThreadLocal.withInitial(() -> new WinogradProducts(engine, inputs, outputs));
  }

  @Override
  public void forward(INDArray input, INDArray weightValues, INDArray bias, INDArray output) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    float[] biases = geometry.bias() ? DenseArrays.read(bias) : null;
    INDArray kernel = scratch.kernel.ofLength(kernelPoints());
    kernels.kernel(DenseArrays.buffer(weightValues), DenseArrays.buffer(kernel));
    forEachChunk(
        rows(input),
        1,
        (part, first, count, memory) -> {
          INDArray source = memory.source.ofLength(points(count, inputs));
          INDArray destination = memory.destination.ofLength(points(count, outputs));
          inputTransform.forward(from, first, count, DenseArrays.buffer(source));
          products.get().forward(tiles(count), source, kernel, destination);
          outputTransform.forward(DenseArrays.buffer(destination), first, count, biases, relu, to);
        });
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
    FloatBuffer back = inputGradient == null ? null : DenseArrays.buffer(inputGradient);
    INDArray kernel = scratch.kernel.ofLength(kernelPoints());
    if (inputGradient != null) {
      kernels.transposedKernel(DenseArrays.buffer(weightValues), DenseArrays.buffer(kernel));
    }
    INDArray kernelGradients = scratch.kernelGradients.ofLength(parts * kernelPoints());
    boolean[] begun = new boolean[parts];
    double[][] biasSums = new double[parts][outputs];
    int used =
        forEachChunk(
            rows(input),
            tiling.rows(),
            (part, first, count, memory) -> {
              INDArray source = memory.source.ofLength(points(count, inputs));
              INDArray destination = memory.destination.ofLength(points(count, outputs));
              FloatBuffer points = DenseArrays.buffer(destination);
              float[][] sums = biasGradient == null ? null : new float[count][];
              outputTransform.backward(gradients, mask, first, count, points, sums);
              if (weightGradient != null) {
                inputTransform.forward(from, first, count, DenseArrays.buffer(source));
                long sum =
                    DenseArrays.address(kernelGradients) + part * kernelPoints() * Float.BYTES;
                products.get().weights(tiles(count), destination, source, sum, begun[part]);
                begun[part] = true;
              }
              if (biasGradient != null) {
                add(sums, biasSums[part]);
              }
              if (inputGradient != null) {
                products.get().data(tiles(count), destination, kernel, source);
                inputTransform.backward(DenseArrays.buffer(source), first, count, back);
              }
            });
    if (weightGradient != null) {
      FloatBuffer to = DenseArrays.buffer(weightGradient);
      kernels.kernelGradient(DenseArrays.buffer(kernelGradients), used, to);
    }
    if (biasGradient != null) {
      write(biasSums, biasGradient);
    }
  }

  private interface ChunkWork {
    void run(int part, int first, int count, ChunkMemory memory);
  }

  /**
   * Runs the work for each chunk of {@code rows} rows of tiles, which are a multiple of {@code
   * unit}: those of a part in order, by one thread where there are several parts.
   *
   * @return how many parts there are
   */
  private int forEachChunk(int rows, int unit, ChunkWork work) {
    int units = rows / unit;
    if (parts == 1) {
      forEachChunk(0, 0, units, unit, work);
      return 1;
    }
    int used = Math.min(parts, units);
    parallel.runByThread(
        used,
        part -> {
          int first = (int) ((long) units * part / used);
          int end = (int) ((long) units * (part + 1) / used);
          forEachChunk(part, first, end, unit, work);
        });
    return used;
  }

  private void forEachChunk(int part, int firstUnit, int endUnit, int unit, ChunkWork work) {
    ChunkMemory memory = scratch.chunk.get();
    int chunk = chunkUnits(endUnit - firstUnit, unit);
    for (int first = firstUnit; first < endUnit; first += chunk) {
      int count = Math.min(chunk, endUnit - first);
      work.run(part, first * unit, count * unit, memory);
    }
  }

  /** Units of a chunk, nearly the same for each. */
  private int chunkUnits(int units, int unit) {
    long most = parts > 1 ? OWN_CHUNK_FLOATS : Math.max(SHARED_CHUNK_FLOATS, kernelPoints());
    long chunks = (points(units * unit, inputs + outputs) + most - 1) / most;
    return Math.max(1, Math.toIntExact((units + chunks - 1) / Math.max(1, chunks)));
  }

  private static void add(float[][] rows, double[] sums) {
    for (float[] row : rows) {
      for (int c = 0; c < sums.length; c++) {
        sums[c] += row[c];
      }
    }
  }

  private void write(double[][] sums, INDArray array) {
    FloatBuffer to = DenseArrays.buffer(array);
    for (int i = 0; i < outputs; i++) {
      double total = 0;
      for (double[] part : sums) {
        total += part[i];
      }
      to.put(i, (float) total);
    }
  }

  private int rows(INDArray images) {
    return Math.toIntExact(images.size(0)) * tiling.rows();
  }

  private int tiles(int rows) {
    return rows * tiling.columns();
  }

  private long points(int rows, int channels) {
    return (long) Tiling.POINTS * tiles(rows) * channels;
  }

  private long kernelPoints() {
    return (long) Tiling.POINTS * inputs * outputs;
  }
}
