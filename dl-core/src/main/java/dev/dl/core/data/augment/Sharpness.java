package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;

/** Blurring and sharpening, as Pillow's {@code ImageEnhance.Sharpness}, to the bit. */
final class Sharpness {
  private static final int CENTRE_WEIGHT = 5;
  private static final int WEIGHTS = 8 + CENTRE_WEIGHT;

  private Sharpness() {}

  /**
   * From blurred (0) over the picture itself (1) to sharpened. The pixels on its edges stay, and so
   * does transparency.
   */
  static Image of(Image image, double factor) {
    float share = (float) factor;
    int width = image.width();
    byte[] source = image.pixels();
    byte[] target = source.clone();
    for (int channel = 0; channel < Tones.colours(image); channel++) {
      for (int row = 1; row < image.height() - 1; row++) {
        int start = (channel * image.height() + row) * width;
        for (int i = start + 1; i < start + width - 1; i++) {
          int sum =
              three(source, i - width)
                  + three(source, i)
                  + three(source, i + width)
                  + (CENTRE_WEIGHT - 1) * (source[i] & 0xff);
          int blurred = (2 * sum + WEIGHTS) / (2 * WEIGHTS);
          target[i] = Tones.blend(blurred, source[i] & 0xff, share);
        }
      }
    }
    return new Image(image.channels(), image.height(), width, target);
  }

  private static int three(byte[] pixels, int middle) {
    return (pixels[middle - 1] & 0xff) + (pixels[middle] & 0xff) + (pixels[middle + 1] & 0xff);
  }
}
