package dev.dl.core.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * Masks as PNG files whose pixels are indices of a palette, so that numbers that are close can be
 * told apart by eye. The palette is that of PASCAL VOC: black, dark red, dark green, olive and on.
 */
public final class MaskPng {
  private static final int NUMBERS = 256;
  private static final int COLOURS = 3;

  private MaskPng() {}

  /** The file of a mask, a picture of one channel. */
  public static byte[] of(Image numbers) {
    byte[][] palette = new byte[COLOURS][NUMBERS];
    for (int number = 0; number < NUMBERS; number++) {
      for (int channel = 0; channel < COLOURS; channel++) {
        palette[channel][number] = (byte) level(number, channel);
      }
    }
    BufferedImage mask =
        new BufferedImage(
            numbers.width(),
            numbers.height(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(Byte.SIZE, NUMBERS, palette[0], palette[1], palette[2]));
    mask.getRaster().setDataElements(0, 0, numbers.width(), numbers.height(), numbers.pixels());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(mask, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory: cannot happen
    }
    return out.toByteArray();
  }

  /**
   * A colour of a number's pixels, from 0 to 255: every third bit of the number, the lowest first.
   *
   * @param channel 0 for red, 1 for green, 2 for blue
   */
  public static int level(int number, int channel) {
    int level = 0;
    for (int bit = 0; bit < Byte.SIZE; bit++) {
      level |= ((number >> (COLOURS * bit + channel)) & 1) << (Byte.SIZE - 1 - bit);
    }
    return level;
  }
}
