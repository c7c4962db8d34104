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

  private final Sequences sequences;

  /** {@code [steps, batch]}: a vector of the sequences, {@link #NOTHING} after the end of one. */
  private final int[] vectors;

  /** Some of a batch, from the {@code first} on, each of {@code length} positions. */
  record Sequences(int first, int count, int length) {
    /** All that are in {@code [batch, length, features]}. */
    static Sequences of(INDArray input) {
      return new Sequences(0, Math.toIntExact(input.size(0)), Math.toIntExact(input.size(1)));
    }

    /** One of {@code parts} of about the same size. */
    Sequences part(int part, int parts) {
      int begin = count * part / parts;
      return new Sequences(first + begin, count * (part + 1) / parts - begin, length);
    }

    private int vector(int sequence, int position) {
      return (first + sequence) * length + position;
    }
  }

  private StepOrder(Sequences sequences, int[] vectors) {
    this.sequences = sequences;
    this.vectors = vectors;
  }

  /**
   * The order of one direction.
   *
   * @param mask {@code [batch, length]}, or {@code null} where every position counts
   */
  static StepOrder of(Sequences sequences, INDArray mask, boolean reverse) {
    int batch = sequences.count;
    int length = sequences.length;
    float[] counted =
        mask == null
            ? ones(batch * length)
            : DenseArrays.read(mask, sequences.vector(0, 0), (long) batch * length);
    int[] vectors = nothing(longest(counted, length) * batch);
    for (int n = 0; n < batch; n++) {
      int step = 0;
      for (int i = 0; i < length; i++) {
        int position = reverse ? length - 1 - i : i;
        if (counted[n * length + position] != 0) {
          vectors[step++ * batch + n] = sequences.vector(n, position);
        }
      }
    }
    return new StepOrder(sequences, vectors);
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static int[] nothing(int count) {
    int[] nothing = new int[count];
    Arrays.fill(nothing, NOTHING);
    return nothing;
  }

  /** Steps that the longest sequence takes, at least one. */
  private static int longest(float[] counted, int length) {
    int longest = 1;
    for (int first = 0; first < counted.length; first += length) {
      int count = 0;
      for (int i = first; i < first + length; i++) {
        count += counted[i] != 0 ? 1 : 0;
      }
      longest = Math.max(longest, count);
    }
    return longest;
  }

  int steps() {
    return vectors.length / sequences.count;
  }

  /** The same with a number of steps that many batches share. */
  StepOrder rounded() {
    int unit = Math.max(SIZES, 2 * Integer.highestOneBit(steps() - 1)) / SIZES;
    return part(0, Math.min((steps() + unit - 1) / unit * unit, sequences.length));
  }

  /** {@code count} steps from one on; those after the last read nothing. */
  StepOrder part(int first, int count) {
    int batch = sequences.count;
    int[] part = nothing(count * batch);
    System.arraycopy(
        vectors, first * batch, part, 0, Math.min(part.length, vectors.length - first * batch));
    return new StepOrder(sequences, part);
  }

  /**
   * Gathers vectors into the order of the steps; zeros after the end of a sequence.
   *
   * @param column of the first feature in the vectors of {@code from}
   * @param features of a vector of {@code ordered}
   */
  void gather(Parallel parallel, INDArray from, int column, INDArray ordered, int features) {
    int width = Math.toIntExact(from.size(2));
    FloatBuffer source = DenseArrays.buffer(from);
    FloatBuffer target = DenseArrays.buffer(ordered);
    float[] nothing = new float[features];
    parallel.run(
        steps(),
        step -> {
          for (int i = step * sequences.count; i < (step + 1) * sequences.count; i++) {
            if (vectors[i] == NOTHING) {
              target.put(i * features, nothing);
            } else {
              target.put(i * features, source, vectors[i] * width + column, features);
            }
          }
        });
  }

  /** The inverse of {@link #gather}; positions that no step reads are left as they are. */
  void scatter(Parallel parallel, INDArray ordered, int features, INDArray to, int column) {
    int width = Math.toIntExact(to.size(2));
    FloatBuffer source = DenseArrays.buffer(ordered);
    FloatBuffer target = DenseArrays.buffer(to);
    parallel.run(
        steps(),
        step -> {
          for (int i = step * sequences.count; i < (step + 1) * sequences.count; i++) {
            if (vectors[i] != NOTHING) {
              target.put(vectors[i] * width + column, source, i * features, features);
            }
          }
        });
  }

  /** As {@link #scatter}, added to what is there. */
  void scatterAdd(Parallel parallel, INDArray ordered, INDArray to) {
    int features = Math.toIntExact(to.size(2));
    FloatBuffer source = DenseArrays.buffer(ordered);
    FloatBuffer target = DenseArrays.buffer(to);
    parallel.run(
        steps(),
        step -> {
          float[] added = new float[features];
          float[] sum = new float[features];
          for (int i = step * sequences.count; i < (step + 1) * sequences.count; i++) {
            if (vectors[i] != NOTHING) {
              source.get(i * features, added);
              target.get(vectors[i] * features, sum);
              for (int j = 0; j < features; j++) {
                sum[j] += added[j];
              }
              target.put(vectors[i] * features, sum);
            }
          }
        });
  }

  /** Writes zeros to the sequences where some position is read by no step. */
  void clearUnlessFull(Parallel parallel, INDArray array) {
    int positions = sequences.count * sequences.length;
    if (Arrays.stream(vectors).filter(vector -> vector != NOTHING).count() == positions) {
      return;
    }
    int size = Math.toIntExact(sequences.length * array.size(2));
    FloatBuffer target = DenseArrays.buffer(array);
    float[] zeros = new float[size];
    parallel.run(
        sequences.count, sequence -> target.put((sequences.first + sequence) * size, zeros));
  }
}
