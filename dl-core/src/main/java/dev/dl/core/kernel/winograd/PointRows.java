package dev.dl.core.kernel.winograd;

import java.nio.FloatBuffer;

/**
 * The points of some rows of tiles.
 *
 * @param points {@code [36, rows, length]}
 * @param length floats of one row at one point: tiles times channels
 */
record PointRows(FloatBuffer points, int rows, int length) {

  void read(int row, float[][] values) {
    for (int point = 0; point < Tiling.POINTS; point++) {
      points.get((point * rows + row) * length, values[point], 0, length);
    }
  }

  void write(float[][] values, int row) {
    for (int point = 0; point < Tiling.POINTS; point++) {
      points.put((point * rows + row) * length, values[point], 0, length);
    }
  }
}
