package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which position of each sequence a recurrent pass reads at each step: the positions that are not
 * masked, from the first to the last or back. Copies vectors between {@code [batch, length,
 * features]} and that order, {@code [steps, batch, features]}.
 */
final class StepOrder {
  private static final int NOTHING = -1;

  /** Steps are rounded up to an eighth of the next power of two: each size has its primitives. */
  private static final int SIZES = 8;

  private final int length;
  private final int batch;
  private final int steps;

  /** {@code [steps, batch]}, {@link #NOTHING} after the end of a sequence. */
  private final int[] positions;

  private StepOrder(int length, int batch, int steps, int[] positions) {
    this.length = length;
    this.batch = batch;
    this.steps = steps;
    this.positions = positions;
  }

  /**
   * The order of one direction.
   *
   * @param mask {@code [batch, length]}, or {@code null} where every position counts
   */
  static StepOrder of(int batch, int length, INDArray mask, boolean reverse) {
    float[] counted = mask == null ? ones(batch * length) : DenseArrays.read(mask);
    int steps = steps(counted, batch, length);
    int[] positions = new int[steps * batch];
    Arrays.fill(positions, NOTHING);
    for (int n = 0; n < batch; n++) {
      int step = 0;
      for (int i = 0; i < length; i++) {
        int position = reverse ? length - 1 - i : i;
        if (counted[n * length + position] != 0) {
          positions[step++ * batch + n] = position;
        }
      }
    }
    return new StepOrder(length, batch, steps, positions);
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Steps that the longest sequence takes, rounded up. */
  private static int steps(float[] counted, int batch, int length) {
    int longest = 1;
    for (int n = 0; n < batch; n++) {
      int count = 0;
      for (int i = n * length; i < (n + 1) * length; i++) {
        count += counted[i] != 0 ? 1 : 0;
      }
      longest = Math.max(longest, count);
    }
    int unit = Math.max(SIZES, 2 * Integer.highestOneBit(longest - 1)) / SIZES;
    return Math.min((longest + unit - 1) / unit * unit, length);
  }

  int steps() {
    return steps;
  }

  /**
   * Gathers vectors into the order of the steps; zeros after the end of a sequence.
   *
   * @param column of the first feature in the vectors of {@code sequences}
   * @param features of a vector of {@code ordered}
   */
  void gather(Parallel parallel, INDArray sequences, int column, INDArray ordered, int features) {
    int width = Math.toIntExact(sequences.size(2));
    FloatBuffer from = DenseArrays.buffer(sequences);
    FloatBuffer to = DenseArrays.buffer(ordered);
    float[] nothing = new float[features];
    parallel.run(
        steps,
        step -> {
          for (int i = step * batch; i < (step + 1) * batch; i++) {
            if (positions[i] == NOTHING) {
              to.put(i * features, nothing);
            } else {
              to.put(i * features, from, vector(i) * width + column, features);
            }
          }
        });
  }

  /** Which vector of the sequences the {@code i}-th of the steps reads. */
  private int vector(int i) {
    return i % batch * length + positions[i];
  }

  /** The inverse of {@link #gather}; positions that no step reads are left as they are. */
  void scatter(Parallel parallel, INDArray ordered, int features, INDArray sequences, int column) {
    int width = Math.toIntExact(sequences.size(2));
    FloatBuffer from = DenseArrays.buffer(ordered);
    FloatBuffer to = DenseArrays.buffer(sequences);
    parallel.run(
        steps,
        step -> {
          for (int i = step * batch; i < (step + 1) * batch; i++) {
            if (positions[i] != NOTHING) {
              to.put(vector(i) * width + column, from, i * features, features);
            }
          }
        });
  }

  /** As {@link #scatter}, added to what is there. */
  void scatterAdd(Parallel parallel, INDArray ordered, INDArray sequences) {
    int features = Math.toIntExact(sequences.size(2));
    FloatBuffer from = DenseArrays.buffer(ordered);
    FloatBuffer to = DenseArrays.buffer(sequences);
    parallel.run(
        steps,
        step -> {
          float[] added = new float[features];
          float[] sum = new float[features];
          for (int i = step * batch; i < (step + 1) * batch; i++) {
            if (positions[i] != NOTHING) {
              from.get(i * features, added);
              to.get(vector(i) * features, sum);
              for (int j = 0; j < features; j++) {
                sum[j] += added[j];
              }
              to.put(vector(i) * features, sum);
            }
          }
        });
  }

  /** Whether some position is read by no step. */
  boolean skips() {
    return steps < length || Arrays.stream(positions).anyMatch(position -> position == NOTHING);
  }
}
