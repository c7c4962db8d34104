package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Ids of a vocabulary and categories of a table, which arrays hold as floating-point numbers. */
public final class Ids {
  private Ids() {}

  /** The ids of {@code [batch, length]}; any that is not of the vocabulary is refused. */
  public static int[] read(INDArray array, int vocabulary) {
    float[] values = DenseArrays.read(array);
    int[] ids = new int[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) values[i];
      if (ids[i] != values[i] || ids[i] < 0 || ids[i] >= vocabulary) {
        int length = Math.toIntExact(array.size(-1));
        throw new IllegalArgumentException(
            "got the id %s at position %d of sample %d, expected whole numbers from 0 to %d"
                .formatted(values[i], i % length, i / length, vocabulary - 1));
      }
    }
    return ids;
  }

  /** Refuses rows {@code [batch, columns]} with a category that is not one of its column's. */
  public static void requireCategories(INDArray rows, TableGeometry geometry) {
    float[] values = DenseArrays.read(rows);
    for (int i = 0; i < values.length; i++) {
      int column = i % geometry.columns() - geometry.numericFeatures();
      if (column >= 0) {
        geometry.category(values[i], i / geometry.columns(), column);
      }
    }
  }
}
