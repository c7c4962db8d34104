package dev.dl.core.kernel.winograd;

import dev.dl.core.data.image.ImageShape;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Rows of pixels in images, as four arrays: pixel {@code x} of the padded row lies in array {@code
 * x % 4} at place {@code x / 4}, so that pixels of all tiles lie side by side.
 */
record PixelRows(ImageShape shape, int padding) {

  boolean contains(int row) {
    return row >= 0 && row < shape.height();
  }

  /** Reads the first {@code width} pixels of a padded row, with zeros outside of the image. */
  void read(FloatBuffer images, int image, int row, int width, float[][] pixels) {
    int channels = shape.channels();
    int start = (image * shape.height() + row) * shape.width() - padding;
    for (int x = 0; x < width; x++) {
      float[] target = pixels[x % Tiling.OUTPUT];
      int at = x / Tiling.OUTPUT * channels;
      if (x >= padding && x < padding + shape.width()) {
        images.get((start + x) * channels, target, at, channels);
      } else {
        Arrays.fill(target, at, at + channels, 0);
      }
    }
  }

  /** Writes a row without its padding. */
  void write(float[][] pixels, FloatBuffer images, int image, int row) {
    int channels = shape.channels();
    int start = (image * shape.height() + row) * shape.width() - padding;
    for (int x = padding; x < padding + shape.width(); x++) {
      int at = x / Tiling.OUTPUT * channels;
      images.put((start + x) * channels, pixels[x % Tiling.OUTPUT], at, channels);
    }
  }
}
