package dev.dl.core.kernel.winograd;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.winograd.Lines.Line;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Points to a convolution's output images, and the gradients back. Each call treats {@code count}
 * rows of tiles from row {@code first} of the batch on, whose points are {@code [36, tiles,
 * channels]}.
 */
public final class OutputTransform {
  private static final int IN = Tiling.INPUT;
  private static final int OUT = Tiling.OUTPUT;

  private final Parallel parallel;
  private final Tiling tiling;
  private final PixelRows rows;
  private final int channels;
  private final int length;
  private final ThreadLocal<Tables> tables;

  /** A transform that works on the tables of each thread. */
  public OutputTransform(Parallel parallel, Tiling tiling, ThreadLocal<Tables> tables) {
    this.parallel = parallel;
    this.tables = tables;
    this.tiling = tiling;
    rows = new PixelRows(tiling.output(), 0);
    channels = tiling.output().channels();
    length = tiling.columns() * channels;
  }

  /**
   * Points to images.
   *
   * @param bias added to each channel, or {@code null}
   * @param relu whether negative values become zero
   */
  public void forward(
      FloatBuffer points, int first, int count, float[] bias, boolean relu, FloatBuffer images) {
    PointRows pointRows = new PointRows(points, count, length);
    float[] biases = bias == null ? null : forEachTile(bias);
    parallel.run(count, row -> forward(pointRows, row, biases, relu, images, first + row));
  }

  private void forward(
      PointRows points, int row, float[] bias, boolean relu, FloatBuffer images, int tileRow) {
    Tables local = tables.get().ofLength(length, channels);
    points.read(row, local.points);
    for (int x = 0; x < IN; x++) {
      Lines.output(new Line(local.points, x, IN), new Line(local.values, x, IN), length);
    }
    int top = tiling.top(tileRow);
    for (int y = 0; y < OUT && rows.contains(top + y); y++) {
      Lines.output(new Line(local.values, y * IN, 1), new Line(local.pixels, 0, 1), length);
      for (int x = 0; x < OUT; x++) {
        if (bias != null) {
          Tables.add(bias, local.pixels[x], length);
        }
        if (relu) {
          clip(local.pixels[x], length);
        }
      }
      rows.write(local.pixels, images, tiling.image(tileRow), top + y);
    }
  }

  /**
   * Gradients of images to those of points.
   *
   * @param outputs of a ReLU, whose zeros let no gradient pass; {@code null} without one
   * @param sums for each row of tiles, to become the sums of its pixels' gradients; or {@code null}
   */
  public void backward(
      FloatBuffer images,
      FloatBuffer outputs,
      int first,
      int count,
      FloatBuffer points,
      float[][] sums) {
    PointRows pointRows = new PointRows(points, count, length);
    parallel.run(
        count,
        row -> {
          backward(images, outputs, first + row, pointRows, row, sums != null);
          if (sums != null) {
            sums[row] = overTiles(tables.get().sums);
          }
        });
  }

  private void backward(
      FloatBuffer images,
      FloatBuffer outputs,
      int tileRow,
      PointRows points,
      int row,
      boolean withSums) {
    Tables local = tables.get().ofLength(length, channels);
    if (withSums) {
      Arrays.fill(local.sums, 0, length, 0);
    }
    int image = tiling.image(tileRow);
    int width = tiling.columns() * OUT;
    for (int y = 0; y < OUT; y++) {
      int pixelRow = tiling.top(tileRow) + y;
      if (rows.contains(pixelRow)) {
        rows.read(images, image, pixelRow, width, local.pixels);
        if (outputs != null) {
          rows.read(outputs, image, pixelRow, width, local.others);
          for (int x = 0; x < OUT; x++) {
            mask(local.others[x], local.pixels[x], length);
          }
        }
        for (int x = 0; x < OUT && withSums; x++) {
          Tables.add(local.pixels[x], local.sums, length);
        }
        Line line = new Line(local.values, y * IN, 1);
        Lines.outputGradient(new Line(local.pixels, 0, 1), line, length);
      } else {
        Tiling.zero(local.values, y, length);
      }
    }
    for (int x = 0; x < IN; x++) {
      Lines.outputGradient(new Line(local.values, x, IN), new Line(local.points, x, IN), length);
    }
    points.write(local.points, row);
  }

  private float[] forEachTile(float[] values) {
    float[] all = new float[length];
    for (int at = 0; at < length; at += channels) {
      System.arraycopy(values, 0, all, at, channels);
    }
    return all;
  }

  private float[] overTiles(float[] values) {
    float[] sums = new float[channels];
    for (int at = 0; at < length; at += channels) {
      for (int c = 0; c < channels; c++) {
        sums[c] += values[at + c];
      }
    }
    return sums;
  }

  private static void clip(float[] values, int length) {
    for (int i = 0; i < length; i++) {
      values[i] = Math.max(values[i], 0);
    }
  }

  /** Zeroes gradients where the output is zero; the factor is 1 for denormal outputs too. */
  private static void mask(float[] outputs, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      gradients[i] *= Math.min(outputs[i] * 1e30f * 1e30f, 1);
    }
  }
}
