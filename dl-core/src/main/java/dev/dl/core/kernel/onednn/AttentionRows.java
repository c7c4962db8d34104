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
   * @param sample the tile's first, as is {@code query}
   */
  record Rows(AttentionTile.Extent extent, long sample, int query) {}

  /** Drops probabilities in place. */
  void drop(Rows rows, DropoutMask dropout, AttentionScratch probabilities) {
    int keys = rows.extent.keys();
    eachPart(
        rows,
        (from, to, together) -> {
          float[] values = new float[together * keys];
          float[] factors = new float[together * keys];
          int[] bits = new int[together * keys];
          for (int row = from; row < to; row += together) {
            int length = Math.min(together, to - row) * keys;
            int start = row * keys;
            probabilities.read(start, values, length);
            readFactors(rows, dropout, row, bits, factors, length, probabilities);
            for (int i = 0; i < length; i++) {
              values[i] *= factors[i];
            }
            probabilities.write(start, values, length);
          }
        });
  }

  /**
   * Turns probabilities into dropped ones, and the gradient of these into that of the products of
   * queries and keys.
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
          float[] products = new float[keys];
          int[] bits = new int[together * keys];
          Arrays.fill(factors, 1);
          for (int row = from; row < to; row += together) {
            int length = Math.min(together, to - row) * keys;
            int start = row * keys;
            probabilities.read(start, values, length);
            gradient.read(start, gradients, length);
            if (dropout.drops()) {
              readFactors(rows, dropout, row, bits, factors, length, probabilities);
            }
            for (int first = 0; first < length; first += keys) {
              softmaxGradient(values, gradients, factors, products, first, keys, scale);
            }
            probabilities.write(start, values, length);
            gradient.write(start, gradients, length);
          }
        });
  }

  /** {@code p·(f·g - Σ p·f·g)·scale} into the gradients and {@code p·f} into the probabilities. */
  private static void softmaxGradient(
      float[] probabilities,
      float[] gradients,
      float[] factors,
      float[] products,
      int first,
      int keys,
      float scale) {
    for (int i = 0; i < keys; i++) {
      gradients[first + i] *= factors[first + i];
    }
    for (int i = 0; i < keys; i++) {
      products[i] = probabilities[first + i] * gradients[first + i];
    }
    float mean = sum(products, keys);
    for (int i = 0; i < keys; i++) {
      gradients[first + i] = probabilities[first + i] * (gradients[first + i] - mean) * scale;
    }
    for (int i = 0; i < keys; i++) {
      probabilities[first + i] *= factors[first + i];
    }
  }

  /** Eight sums at once, which the processor adds in parallel. */
  private static float sum(float[] values, int length) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
      e += values[i + 4];
      f += values[i + 5];
      g += values[i + 6];
      h += values[i + 7];
    }
    for (; i < length; i++) {
      a += values[i];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h));
  }

  /** The factors of dropout by way of the memory of {@code passage}, whose values are lost. */
  private void readFactors(
      Rows rows,
      DropoutMask dropout,
      int row,
      int[] bits,
      float[] factors,
      int length,
      AttentionScratch passage) {
    AttentionTile.Extent extent = rows.extent;
    int keys = extent.keys();
    for (int start = 0, next = row; start < length; start += keys, next++) {
      int query = rows.query + next % extent.queries();
      int head = next / extent.queries() % geometry.heads();
      long sample = rows.sample + next / (extent.queries() * geometry.heads());
      long block = geometry.row(sample, head, query) * geometry.blocksPerRow();
      for (int key = 0; key < keys; key += DropoutMask.BLOCK, block++) {
        dropout.factorBits(block, bits, start + key, Math.min(DropoutMask.BLOCK, keys - key));
      }
    }
    passage.writeBits(row * keys, bits, length);
    passage.read(row * keys, factors, length);
  }

  @FunctionalInterface
  private interface Part {
    void run(int fromRow, int toRow, int together);
  }

  /** Divides the rows among the team, to be worked on so many at a time that they stay in cache. */
  private void eachPart(Rows rows, Part part) {
    int count = rows.extent.rows(geometry.heads());
    int together = Math.max(1, TILE / rows.extent.keys());
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
