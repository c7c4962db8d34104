package dev.dl.core.data.image;

import java.util.stream.IntStream;

/**
 * Resizing by a triangle filter: bilinear when growing, and widened to cover every source pixel
 * when shrinking. The arithmetic is that of Pillow's {@code Image.BILINEAR}, to the bit: first the
 * rows, then the columns, weights in fixed point, bytes in between.
 */
final class Resampling {
  private static final int PRECISION_BITS = 22;

  private Resampling() {}

  /** Resizes one plane {@code [height, width]} that starts at {@code offset}. */
  static byte[] resize(
      byte[] pixels, int offset, int height, int width, int newHeight, int newWidth) {
    Window[] columns = Window.all(width, newWidth);
    byte[] narrow = new byte[height * newWidth];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < newWidth; column++) {
        narrow[row * newWidth + column] = columns[column].sum(pixels, offset + row * width, 1);
      }
    }
    Window[] rows = Window.all(height, newHeight);
    byte[] resized = new byte[newHeight * newWidth];
    for (int row = 0; row < newHeight; row++) {
      for (int column = 0; column < newWidth; column++) {
        resized[row * newWidth + column] = rows[row].sum(narrow, column, newWidth);
      }
    }
    return resized;
  }

  /** The source pixels of one target pixel, from {@code first} on, with their weights. */
  private record Window(int first, int[] weights) {

    static Window[] all(int sourceSize, int targetSize) {
      return IntStream.range(0, targetSize)
          .mapToObj(target -> of(target, sourceSize, targetSize))
          .toArray(Window[]::new);
    }

    private static Window of(int target, int sourceSize, int targetSize) {
      double scale = (double) sourceSize / targetSize;
      double support = Math.max(scale, 1);
      double center = (target + 0.5) * scale;
      int first = Math.max((int) (center - support + 0.5), 0);
      int end = Math.min((int) (center + support + 0.5), sourceSize);
      double[] weights = new double[end - first];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.max(0, 1 - Math.abs((i + first - center + 0.5) / support));
        sum += weights[i];
      }
      int[] fixed = new int[weights.length];
      for (int i = 0; i < fixed.length; i++) {
        fixed[i] = (int) (0.5 + weights[i] / sum * (1 << PRECISION_BITS));
      }
      return new Window(first, fixed);
    }

    byte sum(byte[] pixels, int start, int step) {
      int sum = 1 << (PRECISION_BITS - 1);
      for (int i = 0; i < weights.length; i++) {
        sum += (pixels[start + (first + i) * step] & 0xff) * weights[i];
      }
      return (byte) Math.min(sum >> PRECISION_BITS, 255);
    }
  }
}
