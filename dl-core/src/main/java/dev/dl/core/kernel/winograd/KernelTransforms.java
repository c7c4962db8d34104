package dev.dl.core.kernel.winograd;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.winograd.Lines.Line;
import java.nio.FloatBuffer;

/** The transforms of a convolution's weights, which are {@code [outputs, inputs, 3, 3]}. */
public final class KernelTransforms {
  private static final int KERNEL = 3;
  private static final int ELEMENTS = KERNEL * KERNEL;

  /** Kernels transformed at once: long enough for vectors, short enough for the cache. */
  private static final int BLOCK_INPUTS = 8;

  private static final int BLOCK_OUTPUTS = 64;
  private static final int BLOCK = BLOCK_INPUTS * BLOCK_OUTPUTS;

  private final Parallel parallel;
  private final int outputs;
  private final int inputs;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  public KernelTransforms(Parallel parallel, int outputs, int inputs) {
    this.parallel = parallel;
    this.outputs = outputs;
    this.inputs = inputs;
  }

  /** Weights to points {@code [36, inputs, outputs]}, for the way from inputs to outputs. */
  public void kernel(FloatBuffer weights, FloatBuffer points) {
    int across = (inputs + BLOCK_INPUTS - 1) / BLOCK_INPUTS;
    int down = (outputs + BLOCK_OUTPUTS - 1) / BLOCK_OUTPUTS;
    parallel.run(
        across * down,
        task -> {
          int input = task % across * BLOCK_INPUTS;
          int output = task / across * BLOCK_OUTPUTS;
          kernel(
              weights,
              input,
              Math.min(BLOCK_INPUTS, inputs - input),
              output,
              Math.min(BLOCK_OUTPUTS, outputs - output),
              points);
        });
  }

  private void kernel(
      FloatBuffer weights, int input, int width, int output, int height, FloatBuffer points) {
    Scratch local = scratch.get();
    for (int o = 0; o < height; o++) {
      int first = (output + o) * inputs + input;
      weights.get(first * ELEMENTS, local.kernels, 0, width * ELEMENTS);
      for (int i = 0; i < width; i++) {
        for (int e = 0; e < ELEMENTS; e++) {
          local.elements[e][i * height + o] = local.kernels[i * ELEMENTS + e];
        }
      }
    }
    local.transform(width * height);
    for (int point = 0; point < Tiling.POINTS; point++) {
      for (int i = 0; i < width; i++) {
        int at = (point * inputs + input + i) * outputs + output;
        points.put(at, local.points[point], i * height, height);
      }
    }
  }

  /** Weights to points {@code [36, outputs, inputs]}, for the way from outputs to inputs. */
  public void transposedKernel(FloatBuffer weights, FloatBuffer points) {
    blocks(
        (first, count) -> {
          Scratch local = scratch.get();
          weights.get(first * ELEMENTS, local.kernels, 0, count * ELEMENTS);
          for (int i = 0; i < count; i++) {
            for (int e = 0; e < ELEMENTS; e++) {
              local.elements[e][i] = local.kernels[i * ELEMENTS + e];
            }
          }
          local.transform(count);
          for (int point = 0; point < Tiling.POINTS; point++) {
            points.put(point * outputs * inputs + first, local.points[point], 0, count);
          }
        });
  }

  /**
   * Gradients at points to gradients of weights.
   *
   * @param points {@code [parts, 36, outputs, inputs]}, to be added up
   */
  public void kernelGradient(FloatBuffer points, int parts, FloatBuffer weights) {
    int kernels = outputs * inputs;
    blocks(
        (first, count) -> {
          Scratch local = scratch.get();
          for (int point = 0; point < Tiling.POINTS; point++) {
            points.get(point * kernels + first, local.points[point], 0, count);
          }
          for (int part = 1; part < parts; part++) {
            for (int point = 0; point < Tiling.POINTS; point++) {
              points.get((part * Tiling.POINTS + point) * kernels + first, local.addend, 0, count);
              Tables.add(local.addend, local.points[point], count);
            }
          }
          local.transformGradient(count);
          for (int i = 0; i < count; i++) {
            for (int e = 0; e < ELEMENTS; e++) {
              local.kernels[i * ELEMENTS + e] = local.elements[e][i];
            }
          }
          weights.put(first * ELEMENTS, local.kernels, 0, count * ELEMENTS);
        });
  }

  private void blocks(Block block) {
    int kernels = outputs * inputs;
    parallel.run(
        (kernels + BLOCK - 1) / BLOCK,
        task -> block.run(task * BLOCK, Math.min(BLOCK, kernels - task * BLOCK)));
  }

  private interface Block {
    void run(int first, int count);
  }

  /** Arrays of one thread. */
  private static final class Scratch {
    private final float[] kernels = new float[BLOCK * ELEMENTS];
    private final float[][] elements = new float[ELEMENTS][BLOCK];
    private final float[][] between = new float[KERNEL * Tiling.INPUT][BLOCK];
    private final float[][] points = new float[Tiling.POINTS][BLOCK];
    private final float[] addend = new float[BLOCK];

    private void transform(int length) {
      for (int y = 0; y < KERNEL; y++) {
        Lines.kernel(
            new Line(elements, y * KERNEL, 1), new Line(between, y * Tiling.INPUT, 1), length);
      }
      for (int x = 0; x < Tiling.INPUT; x++) {
        Lines.kernel(new Line(between, x, Tiling.INPUT), new Line(points, x, Tiling.INPUT), length);
      }
    }

    private void transformGradient(int length) {
      for (int x = 0; x < Tiling.INPUT; x++) {
        Lines.kernelGradient(
            new Line(points, x, Tiling.INPUT), new Line(between, x, Tiling.INPUT), length);
      }
      for (int y = 0; y < KERNEL; y++) {
        Lines.kernelGradient(
            new Line(between, y * Tiling.INPUT, 1), new Line(elements, y * KERNEL, 1), length);
      }
    }
  }
}
