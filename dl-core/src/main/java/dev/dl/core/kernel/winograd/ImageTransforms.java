package dev.dl.core.kernel.winograd;

import dev.dl.core.data.ImageShape;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.winograd.Lines.Line;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The transforms of a convolution's images; one row of tiles a task.
 *
 * <p>Every second argument named {@code points} is {@code [36, tiles, channels]} for {@code count}
 * rows of tiles from row {@code first} of the batch on.
 */
public final class ImageTransforms {
  private final Parallel parallel;
  private final Tiling tiling;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  public ImageTransforms(Parallel parallel, Tiling tiling) {
    this.parallel = parallel;
    this.tiling = tiling;
  }

  /** Input images to points. */
  public void input(FloatBuffer images, int first, int count, FloatBuffer points) {
    int channels = tiling.source().channels();
    parallel.run(count, row -> input(images, first + row, points, row, count, channels));
  }

  private void input(
      FloatBuffer images, int tileRow, FloatBuffer points, int row, int count, int channels) {
    Scratch local = scratch.get();
    int length = tiling.columns() * channels;
    float[][] pixels = local.table(local.pixels, length + channels);
    float[][] values = local.table(local.points, length);
    local.table(local.results, length);
    int top = tileRow % tiling.rows() * Tiling.OUTPUT - tiling.padding();
    for (int y = 0; y < Tiling.INPUT; y++) {
      int line = y * Tiling.INPUT;
      if (read(
          images,
          tiling.source(),
          tileRow / tiling.rows(),
          top + y,
          tiling.padding(),
          Tiling.INPUT,
          pixels)) {
        System.arraycopy(pixels[0], channels, pixels[4], 0, length);
        System.arraycopy(pixels[1], channels, pixels[5], 0, length);
        Lines.input(new Line(pixels, 0, 1), new Line(values, line, 1), length);
      } else {
        zero(values, line, line + Tiling.INPUT, length);
      }
    }
    for (int x = 0; x < Tiling.INPUT; x++) {
      Lines.input(
          new Line(values, x, Tiling.INPUT), new Line(local.results, x, Tiling.INPUT), length);
    }
    write(local.results, points, row, count, length);
  }

  /** Gradients of output images to points. */
  public void outputGradient(FloatBuffer images, int first, int count, FloatBuffer points) {
    int channels = tiling.destination().channels();
    parallel.run(count, row -> outputGradient(images, first + row, points, row, count, channels));
  }

  private void outputGradient(
      FloatBuffer images, int tileRow, FloatBuffer points, int row, int count, int channels) {
    Scratch local = scratch.get();
    int length = tiling.columns() * channels;
    float[][] pixels = local.table(local.pixels, length + channels);
    float[][] values = local.table(local.points, length);
    local.table(local.results, length);
    int top = tileRow % tiling.rows() * Tiling.OUTPUT;
    for (int y = 0; y < Tiling.OUTPUT; y++) {
      int line = y * Tiling.INPUT;
      if (read(
          images,
          tiling.destination(),
          tileRow / tiling.rows(),
          top + y,
          0,
          Tiling.OUTPUT,
          pixels)) {
        Lines.outputGradient(new Line(pixels, 0, 1), new Line(values, line, 1), length);
      } else {
        zero(values, line, line + Tiling.INPUT, length);
      }
    }
    for (int x = 0; x < Tiling.INPUT; x++) {
      Lines.outputGradient(
          new Line(values, x, Tiling.INPUT), new Line(local.results, x, Tiling.INPUT), length);
    }
    write(local.results, points, row, count, length);
  }

  /**
   * Points to output images.
   *
   * @param bias added to each channel, or {@code null}
   * @param relu whether negative values become zero
   */
  public void output(
      FloatBuffer points, int first, int count, float[] bias, boolean relu, FloatBuffer images) {
    int channels = tiling.destination().channels();
    int length = tiling.columns() * channels;
    float[] biases = bias == null ? null : new float[length];
    for (int at = 0; bias != null && at < length; at += channels) {
      System.arraycopy(bias, 0, biases, at, channels);
    }
    parallel.run(
        count, row -> output(points, row, count, biases, relu, images, first + row, length));
  }

  private void output(
      FloatBuffer points,
      int row,
      int count,
      float[] bias,
      boolean relu,
      FloatBuffer images,
      int tileRow,
      int length) {
    Scratch local = scratch.get();
    float[][] pixels = local.table(local.pixels, length + tiling.destination().channels());
    float[][] values = local.table(local.points, length);
    local.table(local.results, length);
    for (int point = 0; point < Tiling.POINTS; point++) {
      points.get((point * count + row) * length, values[point], 0, length);
    }
    for (int x = 0; x < Tiling.INPUT; x++) {
      Lines.output(
          new Line(values, x, Tiling.INPUT), new Line(local.results, x, Tiling.INPUT), length);
    }
    int top = tileRow % tiling.rows() * Tiling.OUTPUT;
    int rows = Math.min(Tiling.OUTPUT, tiling.destination().height() - top);
    for (int y = 0; y < rows; y++) {
      Lines.output(new Line(local.results, y * Tiling.INPUT, 1), new Line(pixels, 0, 1), length);
      for (int x = 0; x < Tiling.OUTPUT; x++) {
        finish(pixels[x], bias, relu, length);
      }
      write(pixels, images, tileRow / tiling.rows(), top + y);
    }
  }

  private static void finish(float[] values, float[] bias, boolean relu, int length) {
    if (bias != null) {
      for (int i = 0; i < length; i++) {
        values[i] += bias[i];
      }
    }
    if (relu) {
      for (int i = 0; i < length; i++) {
        values[i] = Math.max(values[i], 0);
      }
    }
  }

  /**
   * One row of pixels into four arrays, every fourth pixel in the same; false outside the image.
   */
  private boolean read(
      FloatBuffer images,
      ImageShape shape,
      int image,
      int y,
      int padding,
      int window,
      float[][] pixels) {
    if (y < 0 || y >= shape.height()) {
      return false;
    }
    int channels = shape.channels();
    int start = (image * shape.height() + y) * shape.width();
    int end = (tiling.columns() - 1) * Tiling.OUTPUT + window;
    for (int x = 0; x < end; x++) {
      float[] target = pixels[x % Tiling.OUTPUT];
      int at = x / Tiling.OUTPUT * channels;
      int column = x - padding;
      if (column >= 0 && column < shape.width()) {
        images.get((start + column) * channels, target, at, channels);
      } else {
        Arrays.fill(target, at, at + channels, 0);
      }
    }
    return true;
  }

  private void write(float[][] pixels, FloatBuffer images, int image, int y) {
    ImageShape shape = tiling.destination();
    int channels = shape.channels();
    int start = (image * shape.height() + y) * shape.width();
    for (int x = 0; x < shape.width(); x++) {
      images.put(
          (start + x) * channels,
          pixels[x % Tiling.OUTPUT],
          x / Tiling.OUTPUT * channels,
          channels);
    }
  }

  private static void write(float[][] values, FloatBuffer points, int row, int count, int length) {
    for (int point = 0; point < Tiling.POINTS; point++) {
      points.put((point * count + row) * length, values[point], 0, length);
    }
  }

  private static void zero(float[][] values, int from, int to, int length) {
    for (int i = from; i < to; i++) {
      Arrays.fill(values[i], 0, length, 0);
    }
  }

  /** Arrays of one thread. */
  private static final class Scratch {
    private final float[][] pixels = new float[Tiling.INPUT][0];
    private final float[][] points = new float[Tiling.POINTS][0];
    private final float[][] results = new float[Tiling.POINTS][0];

    private float[][] table(float[][] table, int length) {
      if (table[0].length < length) {
        for (int i = 0; i < table.length; i++) {
          table[i] = new float[length];
        }
      }
      return table;
    }
  }
}
