package dev.dl.core.data.image;

import java.util.Arrays;

/**
 * Resizing with the arithmetic of Pillow, to the bit: first along the rows, then along the columns,
 * weights in fixed point, whole numbers from 0 to 255 in between. Colours are weighted by their
 * alpha, so that what is transparent does not shine through.
 */
final class Resampling {
  private static final int HALF = 1 << (Windows.PRECISION_BITS - 1);

  private Resampling() {}

  static Image resize(Image image, int height, int width, Filter filter) {
    if (filter == Filter.NEAREST) {
      return nearest(image, height, width);
    }
    Image resized = weighted(Alpha.premultiplied(image), height, width, filter);
    return Alpha.unmultiplied(resized);
  }

  private static Image weighted(Image image, int height, int width, Filter filter) {
    Windows columns = Windows.of(image.width(), width, filter);
    Windows rows = Windows.of(image.height(), height, filter);
    byte[] resized = new byte[image.channels() * height * width];
    int[] narrow = new int[image.height() * width];
    int[] sums = new int[width];
    for (int channel = 0; channel < image.channels(); channel++) {
      int plane = channel * image.height() * image.width();
      for (int row = 0; row < image.height(); row += 4) {
        alongFourRows(image, plane, row, columns, narrow);
      }
      for (int row = 0; row < height; row++) {
        acrossRows(narrow, rows, row, sums);
        int to = (channel * height + row) * width;
        for (int i = 0; i < width; i++) {
          resized[to + i] = (byte) clip(sums[i]);
        }
      }
    }
    return new Image(image.channels(), height, width, resized);
  }

  /**
   * Four rows at a time, so that a weight is loaded once for four pixels; past the last row, that
   * one again.
   */
  private static void alongFourRows(
      Image image, int plane, int row, Windows windows, int[] narrow) {
    byte[] pixels = image.pixels();
    int[] weights = windows.weights();
    int last = image.height() - 1;
    int second = Math.min(row + 1, last);
    int third = Math.min(row + 2, last);
    int fourth = Math.min(row + 3, last);
    int width = windows.counts().length;
    for (int target = 0; target < width; target++) {
      int first = plane + windows.firsts()[target];
      int a = first + row * image.width();
      int b = first + second * image.width();
      int c = first + third * image.width();
      int d = first + fourth * image.width();
      int weight = target * windows.stride();
      int end = weight + windows.counts()[target];
      int sumA = HALF;
      int sumB = HALF;
      int sumC = HALF;
      int sumD = HALF;
      for (int i = weight; i < end; i++) {
        sumA += (pixels[a++] & 0xff) * weights[i];
        sumB += (pixels[b++] & 0xff) * weights[i];
        sumC += (pixels[c++] & 0xff) * weights[i];
        sumD += (pixels[d++] & 0xff) * weights[i];
      }
      narrow[row * width + target] = clip(sumA);
      narrow[second * width + target] = clip(sumB);
      narrow[third * width + target] = clip(sumC);
      narrow[fourth * width + target] = clip(sumD);
    }
  }

  /** Loops along the row innermost, which the compiler turns into vector instructions. */
  private static void acrossRows(int[] narrow, Windows windows, int target, int[] sums) {
    Arrays.fill(sums, HALF);
    for (int i = 0; i < windows.counts()[target]; i++) {
      int weight = windows.weights()[target * windows.stride() + i];
      int from = (windows.firsts()[target] + i) * sums.length;
      for (int column = 0; column < sums.length; column++) {
        sums[column] += narrow[from + column] * weight;
      }
    }
  }

  private static int clip(int sum) {
    return Math.max(0, Math.min(sum >> Windows.PRECISION_BITS, 255));
  }

  private static Image nearest(Image image, int height, int width) {
    int[] rows = nearest(image.height(), height);
    int[] columns = nearest(image.width(), width);
    byte[] resized = new byte[image.channels() * height * width];
    for (int i = 0; i < image.channels() * height; i++) {
      int from = (i / height * image.height() + rows[i % height]) * image.width();
      for (int column = 0; column < width; column++) {
        resized[i * width + column] = image.pixels()[from + columns[column]];
      }
    }
    return new Image(image.channels(), height, width, resized);
  }

  /** The source pixel under the centre of each target pixel, from sums rounded as Pillow's are. */
  private static int[] nearest(int sourceSize, int targetSize) {
    double scale = (double) sourceSize / targetSize;
    int[] sources = new int[targetSize];
    double position = scale * 0.5;
    for (int target = 0; target < targetSize; target++) {
      sources[target] = Math.min((int) position, sourceSize - 1);
      position += scale;
    }
    return sources;
  }
}
