package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.AttentionGeometry;
import dev.dl.core.kernel.DropoutMask;
import dev.dl.core.kernel.Parallel;
import java.util.Arrays;

/** What is done to each row of a tile of attention: dropout, and the gradient of softmax. */
final class AttentionRows {
  private static final int PARTS = 16;
  private static final int TILE = 2048;

  private final AttentionGeometry geometry;
  private final Parallel parallel;

  AttentionRows(AttentionGeometry geometry, Parallel parallel) {
    this.geometry = geometry;
    this.parallel = parallel;
  }

  /**
   * Some rows of a tile, numbered from its first one.
   *
   * @param sample the tile's first, as are {@code head} and {@code query}
   */
  record Rows(AttentionTile.Extent extent, long sample, int head, int query) {}

  /** Drops probabilities in place. */
  void drop(Rows rows, DropoutMask dropout, AttentionScratch probabilities) {
    int keys = rows.extent.keys();
    eachPart(
        rows,
        (from, to, together) -> {
          float[] values = new float[together * keys];
          float[] factors = new float[together * keys];
          var bits = new DropoutMask.Factors(dropout, together * keys);
          for (int row = from; row < to; row += together) {
            int length = Math.min(together, to - row) * keys;
            probabilities.read(row * keys, values, length);
            readFactors(rows, row, bits, factors, length, probabilities);
            multiply(values, factors, length);
            probabilities.write(row * keys, values, length);
          }
        });
  }

  /**
   * Turns probabilities {@code p} into {@code p·f}, with the factors {@code f} of dropout, and
   * their gradients {@code g} into those of the products of queries and keys: {@code p·(f·g - Σ
   * p·f·g)·scale}.
   */
  void gradient(
      Rows rows, DropoutMask dropout, AttentionScratch probabilities, AttentionScratch gradient) {
    int keys = rows.extent.keys();
    float scale = (float) geometry.scale();
    eachPart(
        rows,
        (from, to, together) -> {
          float[] values = new float[together * keys];
          float[] gradients = new float[together * keys];
          float[] factors = new float[together * keys];
          float[] products = new float[together * keys];
          var bits = new DropoutMask.Factors(dropout, together * keys);
          for (int row = from; row < to; row += together) {
            int length = Math.min(together, to - row) * keys;
            probabilities.read(row * keys, values, length);
            gradient.read(row * keys, gradients, length);
            if (dropout.drops()) {
              readFactors(rows, row, bits, factors, length, probabilities);
              multiply(gradients, factors, length);
            }
            product(values, gradients, products, length);
            replaceBySums(products, length, keys);
            softmaxGradient(values, gradients, products, length, scale);
            gradient.write(row * keys, gradients, length);
            if (dropout.drops()) {
              multiply(values, factors, length);
              probabilities.write(row * keys, values, length);
            }
          }
        });
  }

  // Loops over several rows at once, in methods of their own: long and simple enough that the
  // compiler turns them into vector instructions.

  private static void multiply(float[] values, float[] factors, int length) {
    for (int i = 0; i < length; i++) {
      values[i] *= factors[i];
    }
  }

  private static void product(float[] left, float[] right, float[] products, int length) {
    for (int i = 0; i < length; i++) {
      products[i] = left[i] * right[i];
    }
  }

  private static void replaceBySums(float[] values, int length, int keys) {
    for (int start = 0; start < length; start += keys) {
      Arrays.fill(values, start, start + keys, sum(values, start, start + keys));
    }
  }

  private static void softmaxGradient(
      float[] probabilities, float[] gradients, float[] sums, int length, float scale) {
    for (int i = 0; i < length; i++) {
      gradients[i] = probabilities[i] * (gradients[i] - sums[i]) * scale;
    }
  }

  /** Eight sums at once, which the processor adds in parallel. */
  private static float sum(float[] values, int start, int end) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int i = start;
    for (; i + 8 <= end; i += 8) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
      e += values[i + 4];
      f += values[i + 5];
      g += values[i + 6];
      h += values[i + 7];
    }
    for (; i < end; i++) {
      a += values[i];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h));
  }

  /** The factors of dropout by way of the memory of {@code passage}, whose values are lost. */
  private void readFactors(
      Rows rows,
      int row,
      DropoutMask.Factors bits,
      float[] factors,
      int length,
      AttentionScratch passage) {
    AttentionTile.Extent extent = rows.extent;
    int keys = extent.keys();
    for (int start = 0, next = row; start < length; start += keys, next++) {
      int query = rows.query + next % extent.queries();
      int head = rows.head + next / extent.queries() % extent.heads();
      long sample = bits.firstSample() + rows.sample + next / (extent.queries() * extent.heads());
      long block = geometry.row(sample, head, query) * geometry.blocksPerRow();
      for (int key = 0; key < keys; key += DropoutMask.BLOCK, block++) {
        bits.begin(block, start + key, Math.min(DropoutMask.BLOCK, keys - key));
      }
    }
    passage.writeBits(row * keys, bits.bits(length), length);
    passage.read(row * keys, factors, length);
  }

  @FunctionalInterface
  private interface Part {
    void run(int fromRow, int toRow, int together);
  }

  /**
   * Works on so many rows at a time that they stay in cache, divided among the team where it is not
   * at work on tiles.
   */
  private void eachPart(Rows rows, Part part) {
    int count = rows.extent.rows();
    int together = Math.max(1, TILE / rows.extent.keys());
    if (parallel.isOpenMp()) {
      part.run(0, count, together);
      return;
    }
    int parts = Math.min(PARTS, count);
    parallel.run(
        parts,
        number ->
            part.run(
                (int) ((long) count * number / parts),
                (int) ((long) count * (number + 1) / parts),
                together));
  }
}
