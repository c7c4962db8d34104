package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;

/**
 * Where a moved picture's pixels come from: the pixel at (x, y) from (a x + b y + c, d x + e y + f)
 * in pixels, the nearest, and 0 from outside. The arithmetic is Pillow's, to the bit: 16 bits of
 * fraction.
 */
record Affine(double a, double b, double c, double d, double e, double f) {
  private static final int FRACTION_BITS = 16;

  /** A move to the right and down; negative: to the left and up. */
  static Affine translation(int right, int down) {
    return new Affine(1, 0, -right, 0, 1, -down);
  }

  /** Each row moved to the left by {@code horizontal} of its y, each column up alike. */
  static Affine shear(double horizontal, double vertical) {
    return new Affine(1, horizontal, 0, vertical, 1, 0);
  }

  /** A turn about the centre of a picture of this size, counter-clockwise. */
  static Affine rotation(double degrees, int height, int width) {
    double angle = StrictMath.toRadians(degrees);
    double cosine = StrictMath.cos(angle);
    double sine = StrictMath.sin(angle);
    double x = width / 2.0;
    double y = height / 2.0;
    return new Affine(
        cosine, -sine, x - cosine * x + sine * y, sine, cosine, y - sine * x - cosine * y);
  }

  Image apply(Image image) {
    int height = image.height();
    int width = image.width();
    byte[] target = new byte[image.pixels().length];
    for (int channel = 0; channel < image.channels(); channel++) {
      long firstX = fixed(c + a / 2 + b / 2);
      long firstY = fixed(f + d / 2 + e / 2);
      for (int row = 0; row < height; row++) {
        copyRow(image, channel * height, firstX, firstY, target, (channel * height + row) * width);
        firstX += fixed(b);
        firstY += fixed(e);
      }
    }
    return new Image(image.channels(), height, width, target);
  }

  private void copyRow(
      Image image, int firstRow, long firstX, long firstY, byte[] target, int start) {
    byte[] source = image.pixels();
    int width = image.width();
    long stepX = fixed(a);
    long stepY = fixed(d);
    long x = firstX;
    long y = firstY;
    for (int i = start; i < start + width; i++) {
      int column = (int) (x >> FRACTION_BITS);
      int row = (int) (y >> FRACTION_BITS);
      if (column >= 0 && column < width && row >= 0 && row < image.height()) {
        target[i] = source[(firstRow + row) * width + column];
      }
      x += stepX;
      y += stepY;
    }
  }

  private static long fixed(double number) {
    return (long) Math.floor(number * (1 << FRACTION_BITS) + 0.5);
  }
}
