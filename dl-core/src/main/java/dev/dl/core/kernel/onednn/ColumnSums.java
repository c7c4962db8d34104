package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sums of the columns of a matrix: float32 within a tile of a few rows, float64 across tiles
 * and parts, in an order that follows from the shape alone.
 */
final class ColumnSums {
  private static final int PARTS = 16;
  private static final int TILE = 2048;
  private static final int ROWS_TOGETHER = 16;

  private final Parallel parallel;

  ColumnSums(Parallel parallel) {
    this.parallel = parallel;
  }

  /**
   * @param matrix {@code [rows, columns]} or any axes in place of the rows
   * @param sums {@code columns} values
   */
  void run(INDArray matrix, INDArray sums) {
    int columns = Math.toIntExact(sums.length());
    int rows = Math.toIntExact(matrix.length() / columns);
    int parts = Math.min(PARTS, rows);
    FloatBuffer from = DenseArrays.buffer(matrix);
    double[][] partSums = new double[parts][];
    parallel.run(
        parts,
        part ->
            partSums[part] = sum(from, columns, rows * part / parts, rows * (part + 1) / parts));
    float[] total = new float[columns];
    for (int column = 0; column < columns; column++) {
      double sum = 0;
      for (double[] values : partSums) {
        sum += values[column];
      }
      total[column] = (float) sum;
    }
    DenseArrays.buffer(sums).put(0, total);
  }

  private static double[] sum(FloatBuffer from, int columns, int startRow, int endRow) {
    int together = Math.max(1, Math.min(ROWS_TOGETHER, TILE / columns));
    float[] tile = new float[together * columns];
    double[] sums = new double[columns];
    for (int row = startRow; row < endRow; row += together) {
      int rows = Math.min(together, endRow - row);
      from.get(row * columns, tile, 0, rows * columns);
      for (int next = 1; next < rows; next++) {
        int start = next * columns;
        for (int column = 0; column < columns; column++) {
          tile[column] += tile[start + column];
        }
      }
      for (int column = 0; column < columns; column++) {
        sums[column] += tile[column];
      }
    }
    return sums;
  }
}
