package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sums of the columns of the product, element by element, of two matrices: float32 within a few
 * tiles of rows, float64 across them, in an order that follows from the shape alone.
 */
record ColumnProducts(Parallel parallel) {

  /**
   * @param first {@code [rows, columns]} or any axes in place of the rows
   * @param second of the same shape
   * @param sums {@code columns} values
   */
  void run(INDArray first, INDArray second, INDArray sums) {
    ChannelTiles tiles = ChannelTiles.of(first.length(), Math.toIntExact(sums.length()));
    FloatBuffer left = DenseArrays.buffer(first);
    FloatBuffer right = DenseArrays.buffer(second);
    double[][] parts = new double[tiles.tasks()][tiles.channels()];
    parallel.run(parts.length, task -> add(tiles, task, left, right, parts[task]));
    float[] total = new float[tiles.channels()];
    for (int column = 0; column < total.length; column++) {
      double sum = 0;
      for (double[] part : parts) {
        sum += part[column];
      }
      total[column] = (float) sum;
    }
    DenseArrays.buffer(sums).put(0, total);
  }

  private static void add(
      ChannelTiles tiles, int task, FloatBuffer left, FloatBuffer right, double[] sums) {
    float[] x = new float[tiles.tileLength()];
    float[] y = new float[tiles.tileLength()];
    float[] products = new float[tiles.tileLength()];
    tiles.forEach(
        task,
        (start, length) -> {
          left.get(start, x, 0, length);
          right.get(start, y, 0, length);
          for (int i = 0; i < length; i++) {
            products[i] += x[i] * y[i];
          }
          if (tiles.drains(task, start)) {
            tiles.drain(products, sums);
          }
        });
  }
}
