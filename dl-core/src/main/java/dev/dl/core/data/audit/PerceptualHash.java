package dev.dl.core.data.audit;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import java.util.Arrays;

/**
 * 64 bits that say what a picture looks like (Zauner 2010, Implementation and Benchmarking of
 * Perceptual Image Hash Functions): which of the 8x8 lowest frequencies of its cosine transform, in
 * grey at 32x32, are above their median. It changes little with size, brightness and compression.
 */
final class PerceptualHash {
  private static final int SIZE = 32;
  private static final int FREQUENCIES = 8;
  private static final double[][] WAVES = waves();

  private PerceptualHash() {}

  static long of(Image picture) {
    byte[] grey = picture.withChannels(1).resize(SIZE, SIZE, Filter.BILINEAR).pixels();
    double[] spectrum = spectrum(grey);
    double[] sorted = Arrays.copyOfRange(spectrum, 1, spectrum.length);
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    long hash = 0;
    for (double value : spectrum) {
      hash = hash << 1 | (value > median ? 1 : 0);
    }
    return hash;
  }

  /** The lowest frequencies, those along the rows in each column of {@code [8, 8]}. */
  private static double[] spectrum(byte[] grey) {
    double[] alongRows = new double[SIZE * FREQUENCIES];
    for (int row = 0; row < SIZE; row++) {
      for (int frequency = 0; frequency < FREQUENCIES; frequency++) {
        double sum = 0;
        for (int column = 0; column < SIZE; column++) {
          sum += (grey[row * SIZE + column] & 0xff) * WAVES[frequency][column];
        }
        alongRows[row * FREQUENCIES + frequency] = sum;
      }
    }
    double[] spectrum = new double[FREQUENCIES * FREQUENCIES];
    for (int down = 0; down < FREQUENCIES; down++) {
      for (int row = 0; row < SIZE; row++) {
        for (int along = 0; along < FREQUENCIES; along++) {
          spectrum[down * FREQUENCIES + along] +=
              WAVES[down][row] * alongRows[row * FREQUENCIES + along];
        }
      }
    }
    return spectrum;
  }

  /** The cosine transform's waves, of which the first is made as strong as the others. */
  private static double[][] waves() {
    double[][] waves = new double[FREQUENCIES][SIZE];
    for (int frequency = 0; frequency < FREQUENCIES; frequency++) {
      double scale = frequency == 0 ? Math.sqrt(0.5) : 1;
      for (int i = 0; i < SIZE; i++) {
        waves[frequency][i] =
            scale * StrictMath.cos(Math.PI * frequency * (2 * i + 1) / (2 * SIZE));
      }
    }
    return waves;
  }
}
