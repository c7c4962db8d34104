package dev.dl.core.kernel.winograd;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.winograd.Lines.Line;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The transforms of a convolution's images and of their gradients. Each treats {@code count} rows
 * of tiles from row {@code first} of the batch on, whose points are {@code [36, tiles, channels]}.
 */
public final class ImageTransforms {
  private static final int IN = Tiling.INPUT;
  private static final int OUT = Tiling.OUTPUT;

  private final Parallel parallel;
  private final Tiling tiling;
  private final PixelRows source;
  private final PixelRows destination;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  public ImageTransforms(Parallel parallel, Tiling tiling) {
    this.parallel = parallel;
    this.tiling = tiling;
    source = new PixelRows(tiling.source(), tiling.padding());
    destination = new PixelRows(tiling.destination(), 0);
  }

  /** Input images to points. */
  public void input(FloatBuffer images, int first, int count, FloatBuffer points) {
    int length = tiling.columns() * tiling.source().channels();
    parallel.run(count, row -> input(images, first + row, points, row, count, length));
  }

  private void input(
      FloatBuffer images, int tileRow, FloatBuffer points, int row, int count, int length) {
    Scratch local = scratch.get().ofLength(length, tiling.source().channels());
    for (int y = 0; y < IN; y++) {
      int line = y * IN;
      int pixelRow = tiling.top(tileRow) + y - tiling.padding();
      if (source.contains(pixelRow)) {
        source.read(
            images, tiling.image(tileRow), pixelRow, tiling.columns() * OUT + 2, local.pixels);
        for (int x = OUT; x < IN; x++) {
          System.arraycopy(
              local.pixels[x - OUT], tiling.source().channels(), local.pixels[x], 0, length);
        }
        Lines.input(new Line(local.pixels, 0, 1), new Line(local.values, line, 1), length);
      } else {
        zero(local.values, line, length);
      }
    }
    for (int x = 0; x < IN; x++) {
      Lines.input(new Line(local.values, x, IN), new Line(local.points, x, IN), length);
    }
    write(local.points, points, row, count, length);
  }

  /**
   * Gradients of output images to points.
   *
   * @param outputs of a ReLU, whose zeros let no gradient pass; {@code null} without one
   */
  public void outputGradient(
      FloatBuffer images, FloatBuffer outputs, int first, int count, FloatBuffer points) {
    int length = tiling.columns() * tiling.destination().channels();
    parallel.run(
        count, row -> outputGradient(images, outputs, first + row, points, row, count, length));
  }

  private void outputGradient(
      FloatBuffer images,
      FloatBuffer outputs,
      int tileRow,
      FloatBuffer points,
      int row,
      int count,
      int length) {
    Scratch local = scratch.get().ofLength(length, tiling.destination().channels());
    for (int y = 0; y < OUT; y++) {
      int line = y * IN;
      int pixelRow = tiling.top(tileRow) + y;
      if (destination.contains(pixelRow)) {
        int width = tiling.columns() * OUT;
        destination.read(images, tiling.image(tileRow), pixelRow, width, local.pixels);
        if (outputs != null) {
          destination.read(outputs, tiling.image(tileRow), pixelRow, width, local.others);
          for (int x = 0; x < OUT; x++) {
            mask(local.others[x], local.pixels[x], length);
          }
        }
        Lines.outputGradient(new Line(local.pixels, 0, 1), new Line(local.values, line, 1), length);
      } else {
        zero(local.values, line, length);
      }
    }
    for (int x = 0; x < IN; x++) {
      Lines.outputGradient(new Line(local.values, x, IN), new Line(local.points, x, IN), length);
    }
    write(local.points, points, row, count, length);
  }

  /**
   * Points to output images.
   *
   * @param bias added to each channel, or {@code null}
   * @param relu whether negative values become zero
   */
  public void output(
      FloatBuffer points, int first, int count, float[] bias, boolean relu, FloatBuffer images) {
    int length = tiling.columns() * tiling.destination().channels();
    float[] biases = bias == null ? null : repeated(bias, length);
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
    Scratch local = scratch.get().ofLength(length, tiling.destination().channels());
    read(points, row, count, length, local.points);
    for (int x = 0; x < IN; x++) {
      Lines.output(new Line(local.points, x, IN), new Line(local.values, x, IN), length);
    }
    for (int y = 0; y < OUT && destination.contains(tiling.top(tileRow) + y); y++) {
      Lines.output(new Line(local.values, y * IN, 1), new Line(local.pixels, 0, 1), length);
      for (int x = 0; x < OUT; x++) {
        finish(local.pixels[x], bias, relu, length);
      }
      destination.write(local.pixels, images, tiling.image(tileRow), tiling.top(tileRow) + y);
    }
  }

  /** Gradients of points to those of input images, whole images only. */
  public void inputGradient(FloatBuffer points, int first, int count, FloatBuffer images) {
    int length = tiling.columns() * tiling.source().channels();
    parallel.run(
        count / tiling.rows(),
        image -> {
          for (int row = image * tiling.rows(); row < (image + 1) * tiling.rows(); row++) {
            inputGradient(points, row, count, images, first + row, length);
          }
        });
  }

  /** The last two of six rows of pixels wait for what the next row of tiles adds to them. */
  private void inputGradient(
      FloatBuffer points, int row, int count, FloatBuffer images, int tileRow, int length) {
    Scratch local = scratch.get().ofLength(length, tiling.source().channels());
    read(points, row, count, length, local.points);
    for (int x = 0; x < IN; x++) {
      Lines.inputGradient(new Line(local.points, x, IN), new Line(local.values, x, IN), length);
    }
    int waiting = (IN - OUT) * IN;
    if (tiling.top(tileRow) > 0) {
      for (int i = 0; i < waiting; i++) {
        add(local.waiting[i], local.values[i], length);
      }
    }
    for (int i = 0; i < waiting; i++) {
      System.arraycopy(local.values[OUT * IN + i], 0, local.waiting[i], 0, length);
    }
    int rows = tiling.isLast(tileRow) ? IN : OUT;
    for (int y = 0; y < rows; y++) {
      int pixelRow = tiling.top(tileRow) + y - tiling.padding();
      if (source.contains(pixelRow)) {
        overlap(new Line(local.values, y * IN, 1), local, length);
        source.write(local.pixels, images, tiling.image(tileRow), pixelRow);
      }
    }
  }

  /** Adds the last two pixels of each tile to the first two of the next. */
  private void overlap(Line line, Scratch local, int length) {
    int channels = tiling.source().channels();
    Lines.inputGradient(line, new Line(local.pixels, 0, 1), length);
    for (int x = 0; x < IN - OUT; x++) {
      float[] shifted = local.others[x];
      Arrays.fill(shifted, 0, channels, 0);
      System.arraycopy(local.pixels[OUT + x], 0, shifted, channels, length);
      Arrays.fill(local.pixels[x], length, length + channels, 0);
      add(shifted, local.pixels[x], length + channels);
    }
  }

  private static void add(float[] values, float[] target, int length) {
    for (int i = 0; i < length; i++) {
      target[i] += values[i];
    }
  }

  /** Zeroes gradients where the output is zero; the factor is 1 for denormal outputs too. */
  private static void mask(float[] outputs, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      gradients[i] *= Math.min(outputs[i] * 1e30f * 1e30f, 1);
    }
  }

  private static void finish(float[] values, float[] bias, boolean relu, int length) {
    if (bias != null) {
      add(bias, values, length);
    }
    if (relu) {
      for (int i = 0; i < length; i++) {
        values[i] = Math.max(values[i], 0);
      }
    }
  }

  private static float[] repeated(float[] values, int length) {
    float[] all = new float[length];
    for (int at = 0; at < length; at += values.length) {
      System.arraycopy(values, 0, all, at, values.length);
    }
    return all;
  }

  private static void read(FloatBuffer points, int row, int count, int length, float[][] values) {
    for (int point = 0; point < Tiling.POINTS; point++) {
      points.get((point * count + row) * length, values[point], 0, length);
    }
  }

  private static void write(float[][] values, FloatBuffer points, int row, int count, int length) {
    for (int point = 0; point < Tiling.POINTS; point++) {
      points.put((point * count + row) * length, values[point], 0, length);
    }
  }

  private static void zero(float[][] table, int line, int length) {
    for (int i = line; i < line + IN; i++) {
      Arrays.fill(table[i], 0, length, 0);
    }
  }

  /** Arrays of one thread. */
  private static final class Scratch {
    private float[][] pixels = {{}};
    private float[][] others;
    private float[][] waiting;
    private float[][] values;
    private float[][] points;

    /** Room for a row of tiles, and for the pixels that hang over by {@code margin} floats. */
    private Scratch ofLength(int length, int margin) {
      if (pixels[0].length < length + margin) {
        pixels = new float[IN][length + margin];
        others = new float[OUT][length + margin];
        waiting = new float[(IN - OUT) * IN][length];
        values = new float[Tiling.POINTS][length + margin];
        points = new float[Tiling.POINTS][length + margin];
      }
      return this;
    }
  }
}
