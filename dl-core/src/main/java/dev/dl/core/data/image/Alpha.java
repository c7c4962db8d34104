package dev.dl.core.data.image;

/** Colours multiplied by their alpha, the last channel, and divided by it again, as in Pillow. */
final class Alpha {
  private Alpha() {}

  /** A picture of 2 or 4 channels with its colours multiplied; any other unchanged. */
  static Image premultiplied(Image image) {
    return image.hasAlpha() ? mapped(image, Alpha::times) : image;
  }

  /** The inverse of {@link #premultiplied}, as far as bytes allow. */
  static Image unmultiplied(Image image) {
    return image.hasAlpha() ? mapped(image, Alpha::dividedBy) : image;
  }

  /** {@code value * alpha / 255}, rounded. */
  static int times(int value, int alpha) {
    int product = value * alpha + 128;
    return (product + (product >> 8)) >> 8;
  }

  private static int dividedBy(int value, int alpha) {
    return alpha == 0 ? value : Math.min(255 * value / alpha, 255);
  }

  private static Image mapped(Image image, Operation operation) {
    byte[] pixels = image.pixels().clone();
    int plane = image.height() * image.width();
    int alphas = pixels.length - plane;
    for (int colour = 0; colour < alphas; colour += plane) {
      for (int i = 0; i < plane; i++) {
        pixels[colour + i] =
            (byte) operation.apply(pixels[colour + i] & 0xff, pixels[alphas + i] & 0xff);
      }
    }
    return new Image(image.channels(), image.height(), image.width(), pixels);
  }

  private interface Operation {
    int apply(int value, int alpha);
  }
}
