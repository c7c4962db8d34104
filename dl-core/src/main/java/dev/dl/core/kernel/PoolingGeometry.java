package dev.dl.core.kernel;

import dev.dl.core.data.image.ImageShape;

/**
 * A two-dimensional pooling.
 *
 * @param input one input image
 * @param average the mean of the window, padding included, rather than its maximum
 */
public record PoolingGeometry(ImageShape input, boolean average, Window window) {

  public PoolingGeometry {
    if (2 * window.padding() > window.size() || window.dilation() != 1) {
      throw new IllegalArgumentException("pooling with " + window);
    }
  }

  /** One output image. */
  public ImageShape output() {
    return new ImageShape(
        input.channels(), window.outputHeight(input.height()), window.outputWidth(input.width()));
  }
}
