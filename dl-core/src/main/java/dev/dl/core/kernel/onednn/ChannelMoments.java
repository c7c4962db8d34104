package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;

/**
 * Mean and variance of each channel in one pass. Each task subtracts a rough mean of its own first,
 * so that a large mean costs no digits of the variance; tasks are joined in double precision (Chan
 * et al. 1979) in the order of their numbers.
 *
 * @param variance of the values themselves: biased as an estimate
 */
record ChannelMoments(double[] mean, double[] variance) {
  private static final int SAMPLES = 8;

  static ChannelMoments of(Parallel parallel, ChannelTiles tiles, FloatBuffer values) {
    Part[] parts = new Part[tiles.tasks()];
    parallel.run(
        parts.length,
        number -> {
          int task = parts.length - 1 - number;
          parts[task] = Part.of(tiles, task, values);
        });
    int channels = tiles.channels();
    double[] mean = new double[channels];
    for (Part part : parts) {
      for (int c = 0; c < channels; c++) {
        mean[c] += part.mean[c] * part.rows / tiles.rows();
      }
    }
    double[] variance = new double[channels];
    for (Part part : parts) {
      for (int c = 0; c < channels; c++) {
        double apart = part.mean[c] - mean[c];
        variance[c] += (part.squares[c] + part.rows * apart * apart) / tiles.rows();
      }
    }
    return new ChannelMoments(mean, variance);
  }

  /** The rows of one task: their mean, and the sum of squared distances from it. */
  private record Part(int rows, double[] mean, double[] squares) {

    static Part of(ChannelTiles tiles, int task, FloatBuffer values) {
      int channels = tiles.channels();
      int rows = tiles.firstRow(task + 1) - tiles.firstRow(task);
      float[] pivot = roughMean(tiles, task, values);
      float[] pivots = tiles.repeated(pivot);
      float[] tile = new float[pivots.length];
      float[] sums = new float[pivots.length];
      float[] squares = new float[pivots.length];
      double[] sum = new double[channels];
      double[] square = new double[channels];
      tiles.forEach(
          task,
          (start, length) -> {
            values.get(start, tile, 0, length);
            accumulate(tile, pivots, sums, squares, length);
            if (tiles.drains(task, start)) {
              tiles.drain(sums, sum);
              tiles.drain(squares, square);
            }
          });
      for (int c = 0; c < channels; c++) {
        square[c] = Math.max(0, square[c] - sum[c] * sum[c] / rows);
        sum[c] = pivot[c] + sum[c] / rows;
      }
      return new Part(rows, sum, square);
    }

    /** The mean of a few rows from all over the task. */
    private static float[] roughMean(ChannelTiles tiles, int task, FloatBuffer values) {
      int first = tiles.firstRow(task);
      int rows = tiles.firstRow(task + 1) - first;
      float[] row = new float[tiles.channels()];
      float[] mean = new float[row.length];
      for (int sample = 0; sample < SAMPLES; sample++) {
        values.get((first + (int) ((long) rows * sample / SAMPLES)) * row.length, row);
        for (int c = 0; c < row.length; c++) {
          mean[c] += row[c] / SAMPLES;
        }
      }
      return mean;
    }

    private static void accumulate(
        float[] tile, float[] pivots, float[] sums, float[] squares, int length) {
      for (int i = 0; i < length; i++) {
        float distance = tile[i] - pivots[i];
        sums[i] += distance;
        squares[i] += distance * distance;
      }
    }
  }
}
