package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Changes that look every pixel up in a table of 256 levels, as Pillow's {@code ImageEnhance} and
 * {@code ImageOps} do, to the bit. Transparency stays.
 */
final class Tones {
  private static final int LEVELS = 256;
  private static final int WHITE = LEVELS - 1;

  private Tones() {}

  /** The channels of colour: without that of transparency, which comes last. */
  static int colours(Image image) {
    return image.channels() < 3 ? 1 : 3;
  }

  /** The level at {@code factor} on the way from the first (0) to the second (1), or beyond it. */
  static byte blend(int first, int second, float factor) {
    return (byte) Math.max(0, Math.min(WHITE, (int) (first + factor * (second - first))));
  }

  /** From black (0) over the picture itself (1) to brighter. */
  static Image brightness(Image image, double factor) {
    byte[] table = blended(0, (float) factor);
    return mapped(image, channel -> table);
  }

  /** From the picture's mean grey (0) over the picture itself (1) to more contrast. */
  static Image contrast(Image image, double factor) {
    byte[] table = blended(meanGrey(image), (float) factor);
    return mapped(image, channel -> table);
  }

  /** Only this many of the highest bits of each pixel, the others 0. */
  static Image posterized(Image image, int bits) {
    int mask = -1 << (8 - bits);
    byte[] table = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      table[level] = (byte) (level & mask);
    }
    return mapped(image, channel -> table);
  }

  /** Every level from the threshold on inverted. */
  static Image solarized(Image image, double threshold) {
    byte[] table = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      table[level] = (byte) (level < threshold ? level : WHITE - level);
    }
    return mapped(image, channel -> table);
  }

  /** Each channel stretched so that its darkest level is 0 and its lightest 255. */
  static Image autoContrast(Image image) {
    return mapped(image, channel -> stretching(histogram(image, channel)));
  }

  /** Each channel's levels spread so that about the same number of pixels has each. */
  static Image equalized(Image image) {
    return mapped(image, channel -> equalizing(histogram(image, channel)));
  }

  private static byte[] blended(int first, float factor) {
    byte[] table = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      table[level] = blend(first, level, factor);
    }
    return table;
  }

  private static byte[] stretching(int[] histogram) {
    int low = lowest(histogram);
    int high = highest(histogram);
    if (high <= low) {
      return blended(0, 1);
    }
    double scale = (double) WHITE / (high - low);
    double offset = -low * scale;
    byte[] table = new byte[LEVELS];
    for (int level = low; level <= high; level++) {
      table[level] = (byte) Math.min(WHITE, (int) (level * scale + offset));
    }
    return table;
  }

  private static byte[] equalizing(int[] histogram) {
    int below = Arrays.stream(histogram).sum() - histogram[highest(histogram)];
    int step = below / WHITE;
    if (step == 0) {
      return blended(0, 1);
    }
    byte[] table = new byte[LEVELS];
    int pixels = step / 2;
    for (int level = 0; level < LEVELS; level++) {
      table[level] = (byte) Math.min(WHITE, pixels / step);
      pixels += histogram[level];
    }
    return table;
  }

  private static int lowest(int[] histogram) {
    int level = 0;
    while (histogram[level] == 0) {
      level++;
    }
    return level;
  }

  private static int highest(int[] histogram) {
    int level = WHITE;
    while (histogram[level] == 0) {
      level--;
    }
    return level;
  }

  private static int[] histogram(Image image, int channel) {
    int plane = image.height() * image.width();
    int[] histogram = new int[LEVELS];
    byte[] pixels = image.pixels();
    for (int i = channel * plane; i < (channel + 1) * plane; i++) {
      histogram[pixels[i] & 0xff]++;
    }
    return histogram;
  }

  private static int meanGrey(Image image) {
    int plane = image.height() * image.width();
    byte[] grey = colours(image) == 1 ? image.pixels() : image.withChannels(1).pixels();
    long sum = 0;
    for (int i = 0; i < plane; i++) {
      sum += grey[i] & 0xff;
    }
    return (int) ((double) sum / plane + 0.5);
  }

  private static Image mapped(Image image, IntFunction<byte[]> tableOfChannel) {
    int plane = image.height() * image.width();
    byte[] pixels = image.pixels().clone();
    for (int channel = 0; channel < colours(image); channel++) {
      byte[] table = tableOfChannel.apply(channel);
      for (int i = channel * plane; i < (channel + 1) * plane; i++) {
        pixels[i] = table[pixels[i] & 0xff];
      }
    }
    return new Image(image.channels(), image.height(), image.width(), pixels);
  }
}
