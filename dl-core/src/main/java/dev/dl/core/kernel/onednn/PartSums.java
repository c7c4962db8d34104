package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds up arrays within each part of a work and then over the parts, in their order: the same bits
 * for the same parts. An absent array, {@code null}, is left out.
 */
final class PartSums {
  private final float[][] sums;
  private final float[][] copies;

  PartSums(int parts) {
    this.sums = new float[parts][];
    this.copies = new float[parts][];
  }

  void add(int part, INDArray values) {
    if (values == null) {
      return;
    }
    FloatBuffer buffer = DenseArrays.buffer(values);
    if (sums[part] == null) {
      sums[part] = new float[buffer.capacity()];
      copies[part] = new float[buffer.capacity()];
    }
    buffer.get(0, copies[part]);
    add(copies[part], sums[part]);
  }

  /** The sum of all parts. */
  void write(INDArray total) {
    if (total == null) {
      return;
    }
    for (int part = 1; part < sums.length && sums[part] != null; part++) {
      add(sums[part], sums[0]);
    }
    DenseArrays.write(sums[0], total);
  }

  private static void add(float[] values, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }
}
