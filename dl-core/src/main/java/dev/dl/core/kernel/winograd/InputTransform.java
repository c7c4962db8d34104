package dev.dl.core.kernel.winograd;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.winograd.Lines.Line;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A convolution's input images to their points, and the gradients back. Each call treats {@code
 * count} rows of tiles from row {@code first} of the batch on, whose points are {@code [36, tiles,
 * channels]}.
 */
public final class InputTransform {
  private static final int IN = Tiling.INPUT;
  private static final int OUT = Tiling.OUTPUT;

  private final Parallel parallel;
  private final Tiling tiling;
  private final PixelRows rows;
  private final int channels;
  private final int length;
  private final ThreadLocal<Tables> tables;

  /** A transform that works on the tables of each thread. */
  public InputTransform(Parallel parallel, Tiling tiling, ThreadLocal<Tables> tables) {
    this.parallel = parallel;
    this.tables = tables;
    this.tiling = tiling;
    rows = new PixelRows(tiling.input(), tiling.padding());
    channels = tiling.input().channels();
    length = tiling.columns() * channels;
  }

  /** Images to points. */
  public void forward(FloatBuffer images, int first, int count, FloatBuffer points) {
    PointRows pointRows = new PointRows(points, count, length);
    parallel.run(count, row -> forward(images, first + row, pointRows, row));
  }

  private void forward(FloatBuffer images, int tileRow, PointRows points, int row) {
    Tables local = tables.get().ofLength(length, channels);
    int top = tiling.top(tileRow) - tiling.padding();
    for (int y = 0; y < IN; y++) {
      if (rows.contains(top + y)) {
        int width = tiling.columns() * OUT + Tiling.OVERLAP;
        rows.read(images, tiling.image(tileRow), top + y, width, local.pixels);
        for (int x = OUT; x < IN; x++) {
          System.arraycopy(local.pixels[x - OUT], channels, local.pixels[x], 0, length);
        }
        Lines.input(new Line(local.pixels, 0, 1), new Line(local.values, y * IN, 1), length);
      } else {
        Tiling.zero(local.values, y, length);
      }
    }
    for (int x = 0; x < IN; x++) {
      Lines.input(new Line(local.values, x, IN), new Line(local.points, x, IN), length);
    }
    points.write(local.points, row);
  }

  /** Gradients of points to those of images; whole images only. */
  public void backward(FloatBuffer points, int first, int count, FloatBuffer images) {
    PointRows pointRows = new PointRows(points, count, length);
    parallel.run(
        count / tiling.rows(),
        image -> {
          for (int row = image * tiling.rows(); row < (image + 1) * tiling.rows(); row++) {
            backward(pointRows, row, images, first + row);
          }
        });
  }

  /** The last two of six rows of pixels wait for what the next row of tiles adds to them. */
  private void backward(PointRows points, int row, FloatBuffer images, int tileRow) {
    Tables local = tables.get().ofLength(length, channels);
    points.read(row, local.points);
    for (int x = 0; x < IN; x++) {
      Lines.inputGradient(new Line(local.points, x, IN), new Line(local.values, x, IN), length);
    }
    for (int i = 0; i < Tiling.OVERLAP * IN; i++) {
      if (tiling.top(tileRow) > 0) {
        Tables.add(local.waiting[i], local.values[i], length);
      }
      System.arraycopy(local.values[OUT * IN + i], 0, local.waiting[i], 0, length);
    }
    int top = tiling.top(tileRow) - tiling.padding();
    for (int y = 0; y < (tiling.isLast(tileRow) ? IN : OUT); y++) {
      if (rows.contains(top + y)) {
        Lines.inputGradient(
            new Line(local.values, y * IN, 1), new Line(local.pixels, 0, 1), length);
        overlap(local);
        rows.write(local.pixels, images, tiling.image(tileRow), top + y);
      }
    }
  }

  /** Adds the last two pixels of each tile to the first two of the next. */
  private void overlap(Tables local) {
    for (int x = 0; x < Tiling.OVERLAP; x++) {
      float[] shifted = local.others[x];
      Arrays.fill(shifted, 0, channels, 0);
      System.arraycopy(local.pixels[OUT + x], 0, shifted, channels, length);
      Arrays.fill(local.pixels[x], length, length + channels, 0);
      Tables.add(shifted, local.pixels[x], length + channels);
    }
  }
}
