package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;

/** Cutting a rectangle out of a picture. */
final class Crop {
  private Crop() {}

  /** The rectangle from (top, left) on; what lies outside of the picture is 0. */
  static Image of(Image image, int top, int left, int height, int width) {
    byte[] source = image.pixels();
    byte[] target = new byte[image.channels() * height * width];
    int firstRow = Math.max(0, -top);
    int endRow = Math.min(height, image.height() - top);
    int firstColumn = Math.max(0, -left);
    int length = Math.min(width, image.width() - left) - firstColumn;
    for (int channel = 0; length > 0 && channel < image.channels(); channel++) {
      for (int row = firstRow; row < endRow; row++) {
        System.arraycopy(
            source,
            (channel * image.height() + top + row) * image.width() + left + firstColumn,
            target,
            (channel * height + row) * width + firstColumn,
            length);
      }
    }
    return new Image(image.channels(), height, width, target);
  }
}
