package dev.dl.core.kernel;

import dev.dl.core.data.ImageShape;

/**
 * A two-dimensional pooling with square windows, strides and paddings.
 *
 * @param input one input image
 * @param average the mean of the window, padding included, rather than its maximum
 * @param kernel height and width of the window, in pixels
 * @param padding pixels on each side
 */
public record PoolingGeometry(
    ImageShape input, boolean average, int kernel, int stride, int padding) {

  public PoolingGeometry {
    if (kernel < 1 || stride < 1 || padding < 0 || 2 * padding > kernel) {
      throw new IllegalArgumentException(
          "pooling with window " + kernel + ", stride " + stride + ", padding " + padding);
    }
  }

  /** One output image. */
  public ImageShape output() {
    return new ImageShape(
        input.channels(),
        outputSize(input.height(), kernel, stride, padding),
        outputSize(input.width(), kernel, stride, padding));
  }

  static int outputSize(int input, int kernel, int stride, int padding) {
    int size = (input + 2 * padding - kernel) / stride + 1;
    if (input + 2 * padding < kernel) {
      throw new IllegalArgumentException(
          "a window of "
              + kernel
              + " does not fit into "
              + input
              + " pixels with padding "
              + padding);
    }
    return size;
  }
}
