package dev.dl.core.kernel.update;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Fused kernels for floats in host memory: each element is read and written once a step.
 *
 * <p>A tile of every buffer is copied into an array that stays in the first-level cache, updated by
 * a plain loop that the compiler vectorises, and copied back. Work is cut into tasks by position
 * alone.
 */
public final class JavaUpdateKernels implements UpdateKernels {
  private static final int TILE = 2_048;
  private static final int TASK = 32 * TILE;
  private static final int MAXIMUM_BUFFERS = 5;

  /** What one direct buffer can span. */
  private static final int MAXIMUM_FLOATS = Integer.MAX_VALUE / Float.BYTES;

  /** Its square makes at least 1 of every float above 0. */
  static final float LARGE = 0x1p126f;

  private final Parallel parallel;
  private final ThreadLocal<float[][]> tiles =
      ThreadLocal.withInitial(() -> new float[MAXIMUM_BUFFERS][TILE]);

  /** Kernels that run on the given team, which stays the caller's to close. */
  public JavaUpdateKernels(Parallel parallel) {
    this.parallel = parallel;
  }

  @Override
  public double squaredNorm(INDArray gradient, Range range) {
    double[] sums = new double[tasks(range)];
    forEachTile(
        range, (task, tiles, length) -> sums[task] += squaredNorm(tiles[0], length), gradient);
    double sum = 0;
    for (double partial : sums) {
      sum += partial;
    }
    return sum;
  }

  @Override
  public void sgd(
      Parameters parameters, INDArray gradient, INDArray momentum, Range range, SgdStep step) {
    forEachTile(
        range,
        following(
            parameters, (task, tiles, length) -> sgd(tiles[1], tiles[2], tiles[0], length, step)),
        Operands.vectors(parameters, gradient, momentum));
  }

  @Override
  public void adam(
      Parameters parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray secondMoment,
      Range range,
      AdamStep step) {
    forEachTile(
        range,
        following(
            parameters,
            (task, tiles, length) -> adam(tiles[1], tiles[2], tiles[3], tiles[0], length, step)),
        Operands.vectors(parameters, gradient, firstMoment, secondMoment));
  }

  @Override
  public void lion(
      Parameters parameters, INDArray gradient, INDArray momentum, Range range, LionStep step) {
    forEachTile(
        range,
        following(
            parameters, (task, tiles, length) -> lion(tiles[1], tiles[2], tiles[0], length, step)),
        Operands.vectors(parameters, gradient, momentum));
  }

  @Override
  public void ema(Parameters.Average average, INDArray values) {
    forEachTile(
        new Range(0, values.length()),
        (task, tiles, length) -> ema(tiles[1], tiles[0], length, (float) average.decay()),
        values,
        average.values());
  }

  /** A step with the average after it, while the parameters are still in the cache. */
  private static TileLoop following(Parameters parameters, TileLoop step) {
    if (parameters.average().isEmpty()) {
      return step;
    }
    float decay = (float) parameters.average().get().decay();
    return (task, tiles, length) -> {
      step.run(task, tiles, length);
      ema(tiles[tiles.length - 1], tiles[1], length, decay);
    };
  }

  /** Work on one tile of each buffer. */
  private interface TileLoop {
    void run(int task, float[][] tiles, int length);
  }

  /** Runs a loop over every tile of the range; all vectors but the first are stored. */
  private void forEachTile(Range range, TileLoop loop, INDArray... vectors) {
    Operands.check(range, vectors);
    requireFloats(vectors[0]);
    FloatBuffer[] buffers = new FloatBuffer[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      buffers[i] = DenseArrays.buffer(vectors[i]);
    }
    int end = (int) range.end();
    parallel.run(
        tasks(range),
        task -> {
          int first = (int) range.offset() + task * TASK;
          int last = Math.min(end - first, TASK) + first;
          for (int offset = first; offset < last; offset += TILE) {
            runTile(task, buffers, offset, Math.min(TILE, last - offset), loop);
          }
        });
  }

  static void requireFloats(INDArray array) {
    if (array.dataType() != DataType.FLOAT || array.length() > MAXIMUM_FLOATS) {
      throw new IllegalArgumentException(
          "vector: got %d of %s, expected at most %d of FLOAT"
              .formatted(array.length(), array.dataType(), MAXIMUM_FLOATS));
    }
  }

  private void runTile(int task, FloatBuffer[] buffers, int offset, int length, TileLoop loop) {
    float[][] local = Arrays.copyOf(tiles.get(), buffers.length);
    for (int i = 0; i < buffers.length; i++) {
      buffers[i].get(offset, local[i], 0, length);
    }
    loop.run(task, local, length);
    for (int i = 1; i < buffers.length; i++) {
      buffers[i].put(offset, local[i], 0, length);
    }
  }

  private static int tasks(Range range) {
    return (int) ((range.length() + TASK - 1) / TASK);
  }

  /** Four sums at once, as one would wait for each addition. */
  private static double squaredNorm(float[] values, int length) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      sum0 += (double) values[i] * values[i];
      sum1 += (double) values[i + 1] * values[i + 1];
      sum2 += (double) values[i + 2] * values[i + 2];
      sum3 += (double) values[i + 3] * values[i + 3];
    }
    for (; i < length; i++) {
      sum0 += (double) values[i] * values[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  private static void sgd(float[] p, float[] b, float[] gradient, int length, SgdStep step) {
    float gradientScale = (float) step.gradientScale();
    float decay = (float) step.decay().inGradient();
    float shrinkage = (float) step.decay().shrinkage(step.learningRate());
    float momentum = (float) step.momentum();
    float bufferRate = (float) (step.learningRate() * (step.nesterov() ? step.momentum() : 1));
    float gradientRate = step.nesterov() ? (float) step.learningRate() : 0;
    for (int i = 0; i < length; i++) {
      float g = gradientScale * gradient[i] + decay * p[i];
      float velocity = momentum * b[i] + g;
      b[i] = velocity;
      p[i] = shrinkage * p[i] - (bufferRate * velocity + gradientRate * g);
    }
  }

  private static void adam(
      float[] p, float[] m, float[] v, float[] gradient, int length, AdamStep step) {
    float gradientScale = (float) step.gradientScale();
    float decay = (float) step.decay().inGradient();
    float shrinkage = (float) step.decay().shrinkage(step.learningRate());
    float beta1 = (float) step.beta1();
    float beta2 = (float) step.beta2();
    float rest1 = (float) (1 - step.beta1());
    float rest2 = (float) (1 - step.beta2());
    float stepSize = (float) step.stepSize();
    float rootScale = (float) step.rootScale();
    float epsilon = (float) step.epsilon();
    for (int i = 0; i < length; i++) {
      float g = gradientScale * gradient[i] + decay * p[i];
      float mean = beta1 * m[i] + rest1 * g;
      float square = beta2 * v[i] + rest2 * (g * g);
      m[i] = mean;
      v[i] = square;
      float denominator = (float) Math.sqrt(square) * rootScale + epsilon;
      p[i] = shrinkage * p[i] - stepSize * (mean / denominator);
    }
  }

  private static void lion(float[] p, float[] m, float[] gradient, int length, LionStep step) {
    float gradientScale = (float) step.gradientScale();
    float shrinkage = (float) step.shrinkage();
    float beta1 = (float) step.beta1();
    float beta2 = (float) step.beta2();
    float rest1 = (float) (1 - step.beta1());
    float rest2 = (float) (1 - step.beta2());
    float learningRate = (float) step.learningRate();
    for (int i = 0; i < length; i++) {
      float g = gradientScale * gradient[i];
      float direction = beta1 * m[i] + rest1 * g;
      m[i] = beta2 * m[i] + rest2 * g;
      p[i] = shrinkage * p[i] - learningRate * sign(direction);
    }
  }

  /** The sign as {@link Math#signum}, which compilers of JDK 17 do not vectorise. */
  private static float sign(float value) {
    return Math.max(-1, Math.min(1, value * LARGE * LARGE));
  }

  private static void ema(float[] average, float[] p, int length, float decay) {
    float rest = 1 - decay;
    for (int i = 0; i < length; i++) {
      average[i] = decay * average[i] + rest * p[i];
    }
  }
}
