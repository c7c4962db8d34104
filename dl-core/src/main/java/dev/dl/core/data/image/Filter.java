package dev.dl.core.data.image;

/**
 * How the pixels of a resized picture come from those of the original. All but the nearest pixel
 * are widened when shrinking, so that every source pixel counts and nothing aliases, and give to
 * the bit what Pillow's filter of the same name gives (its {@code BOX} for the area).
 */
public enum Filter {
  /** The one pixel under the centre; aliases when shrinking. */
  NEAREST(0) {
    @Override
    double weight(double distance) {
      throw new IllegalStateException("the nearest pixel has no weight");
    }
  },

  /** A triangle over two pixels. */
  BILINEAR(1) {
    @Override
    double weight(double distance) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  },

  /**
   * A cubic over four pixels, with a = -0.5: Keys 1981, Cubic convolution interpolation for digital
   * image processing, https://doi.org/10.1109/TASSP.1981.1163711.
   */
  BICUBIC(2) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return (1.5 * x - 2.5) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
    }
  },

  /** The mean of the pixels covered. */
  AREA(0.5) {
    @Override
    double weight(double distance) {
      return distance > -0.5 && distance <= 0.5 ? 1 : 0;
    }
  };

  private final double support;

  Filter(double support) {
    this.support = support;
  }

  /** How far from its centre the filter is not zero, in pixels. */
  double support() {
    return support;
  }

  /** The weight, before they are made to sum to one, of a pixel at this distance. */
  abstract double weight(double distance);
}
