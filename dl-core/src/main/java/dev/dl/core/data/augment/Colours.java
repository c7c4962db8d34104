package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;

/**
 * Changes of saturation and hue, as torchvision makes them to Pillow's pictures, to the bit. A grey
 * picture and transparency stay.
 */
final class Colours {
  private static final int WHITE = 255;

  private Colours() {}

  /** From grey (0) over the picture itself (1) to stronger colours. */
  static Image saturation(Image image, double factor) {
    if (Tones.colours(image) == 1) {
      return image;
    }
    float share = (float) factor;
    int plane = image.height() * image.width();
    byte[] grey = image.withChannels(1).pixels();
    byte[] pixels = image.pixels().clone();
    for (int channel = 0; channel < 3; channel++) {
      int start = channel * plane;
      for (int i = 0; i < plane; i++) {
        pixels[start + i] = Tones.blend(grey[i] & 0xff, pixels[start + i] & 0xff, share);
      }
    }
    return new Image(image.channels(), image.height(), image.width(), pixels);
  }

  /**
   * Every hue turned on the circle of colours.
   *
   * @param turn share of the circle, from -0.5 to 0.5
   */
  static Image hue(Image image, double turn) {
    if (Tones.colours(image) == 1) {
      return image;
    }
    int shift = (int) (turn * WHITE);
    int plane = image.height() * image.width();
    byte[] pixels = image.pixels().clone();
    for (int i = 0; i < plane; i++) {
      int red = pixels[i] & 0xff;
      int green = pixels[plane + i] & 0xff;
      int blue = pixels[2 * plane + i] & 0xff;
      int value = Math.max(red, Math.max(green, blue));
      int range = value - Math.min(red, Math.min(green, blue));
      // In 8 bits, as Pillow's HSV.
      int hue = range == 0 ? 0 : (hue(red, green, blue, value, range) + shift) & 0xff;
      int saturation = range == 0 ? 0 : (int) ((float) range / value * (double) WHITE);
      int colour = colour(hue, saturation, value);
      pixels[i] = (byte) (colour >> 16);
      pixels[plane + i] = (byte) (colour >> 8);
      pixels[2 * plane + i] = (byte) colour;
    }
    return new Image(image.channels(), image.height(), image.width(), pixels);
  }

  private static int hue(int red, int green, int blue, int value, int range) {
    float sextant;
    if (red == value) {
      sextant = part(value - blue, range) - part(value - green, range);
    } else if (green == value) {
      sextant = (float) (2.0 + part(value - red, range) - part(value - blue, range));
    } else {
      sextant = (float) (4.0 + part(value - green, range) - part(value - red, range));
    }
    double turns = sextant / 6.0 + 1;
    float hue = (float) (turns < 1 ? turns : turns - 1);
    return Math.min(WHITE, (int) (hue * (double) WHITE));
  }

  private static float part(int distance, int range) {
    return distance / (float) range;
  }

  /** Red, green and blue, 8 bits each, of a hue, a saturation and a value of 8 bits. */
  private static int colour(int hue, int saturation, int value) {
    int sextant = hue * 6 / WHITE;
    float part = (float) (hue * 6.0 / WHITE - sextant);
    float strength = saturation / (float) WHITE;
    int least = rounded(value * (1.0 - strength));
    int falling = rounded(value * (1.0 - strength * part));
    int rising = rounded(value * (1.0 - strength * (1.0 - part)));
    return switch (sextant) {
      case 1 -> colours(falling, value, least);
      case 2 -> colours(least, value, rising);
      case 3 -> colours(least, falling, value);
      case 4 -> colours(rising, least, value);
      case 5 -> colours(value, least, falling);
      default -> colours(value, rising, least);
    };
  }

  private static int rounded(double level) {
    return (int) (level + 0.5);
  }

  private static int colours(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }
}
