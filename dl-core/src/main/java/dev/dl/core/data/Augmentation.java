package dev.dl.core.data;

import dev.dl.core.random.CounterRandom;
import dev.dl.core.random.RandomStream;
import java.util.Arrays;

/**
 * The random change to one sample in one epoch.
 *
 * @param down rows by which the image moves down, its edge filled with black; negative: up
 * @param right columns by which it moves to the right; negative: to the left
 * @param mirrored whether left and right are then swapped
 */
record Augmentation(int down, int right, boolean mirrored) {
  static final Augmentation NONE = new Augmentation(0, 0, false);

  private static final int DRAWS = 4;

  /** The change as a function of (seed, epoch, sample). */
  static Augmentation of(AugmentationSpec spec, long seed, int epoch, int sample) {
    int padding = spec.randomCropPadding();
    long stream = RandomStream.AUGMENTATION.at(epoch);
    long draw = (long) sample * DRAWS;
    int down =
        padding == 0 ? 0 : padding - CounterRandom.uniform(seed, stream, draw, 2 * padding + 1);
    int right =
        padding == 0 ? 0 : padding - CounterRandom.uniform(seed, stream, draw + 1, 2 * padding + 1);
    boolean mirrored =
        spec.horizontalFlip() && CounterRandom.uniform(seed, stream, draw + 2, 2) == 1;
    return new Augmentation(down, right, mirrored);
  }

  /**
   * Changes an image and looks its pixels up.
   *
   * @param pixels {@code [channels, height, width]}, unsigned
   * @param tables {@code [channels][256]}, the value of each pixel
   * @param target where the values go, from {@code offset} on
   */
  void apply(byte[] pixels, ImageShape shape, float[][] tables, float[] target, int offset) {
    int width = shape.width();
    for (int channel = 0; channel < shape.channels(); channel++) {
      float[] table = tables[channel];
      for (int row = 0; row < shape.height(); row++) {
        int start = offset + (channel * shape.height() + row) * width;
        int sourceRow = row - down;
        if (sourceRow < 0 || sourceRow >= shape.height()) {
          Arrays.fill(target, start, start + width, table[0]);
        } else {
          applyRow(
              pixels, (channel * shape.height() + sourceRow) * width, width, table, target, start);
        }
      }
    }
  }

  private void applyRow(
      byte[] pixels, int source, int width, float[] table, float[] target, int start) {
    for (int column = 0; column < width; column++) {
      int sourceColumn = (mirrored ? width - 1 - column : column) - right;
      boolean inside = sourceColumn >= 0 && sourceColumn < width;
      target[start + column] = table[inside ? pixels[source + sourceColumn] & 0xff : 0];
    }
  }
}
