package dev.dl.core.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How pixels become the network's input: divided by 255, then less the mean and divided by the
 * deviation of their channel.
 *
 * @param mean of each channel, of pixels from 0 to 1
 * @param deviation of each channel, above 0
 */
public record Normalization(List<Double> mean, List<Double> deviation) {
  private static final int LEVELS = 256;
  private static final double WHITE = 255;

  public Normalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != deviation.size() || deviation.stream().anyMatch(value -> !(value > 0))) {
      throw new IllegalArgumentException("mean " + mean + ", deviation " + deviation);
    }
  }

  /** Pixels from 0 to 1 as they are. */
  public static Normalization none(int channels) {
    return new Normalization(
        Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
  }

  /**
   * The exact mean and (population) deviation over all pixels of a dataset; a channel without any
   * variation keeps the deviation 1.
   */
  static Normalization fit(Dataset dataset) {
    ImageShape shape = dataset.shape();
    long[][] histogram = histogram(dataset);
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    double count = (double) dataset.size() * shape.height() * shape.width();
    for (long[] channel : histogram) {
      double mean = 0;
      for (int level = 0; level < LEVELS; level++) {
        mean += channel[level] / count * (level / WHITE);
      }
      double variance = 0;
      for (int level = 0; level < LEVELS; level++) {
        double difference = level / WHITE - mean;
        variance += channel[level] / count * difference * difference;
      }
      means.add(mean);
      deviations.add(variance > 0 ? Math.sqrt(variance) : 1);
    }
    return new Normalization(means, deviations);
  }

  /** The network's input for each pixel, {@code [channels][256]}. */
  float[][] tables() {
    float[][] tables = new float[mean.size()][LEVELS];
    for (int channel = 0; channel < tables.length; channel++) {
      for (int level = 0; level < LEVELS; level++) {
        tables[channel][level] =
            (float) ((level / WHITE - mean.get(channel)) / deviation.get(channel));
      }
    }
    return tables;
  }

  private static long[][] histogram(Dataset dataset) {
    ImageShape shape = dataset.shape();
    int plane = shape.height() * shape.width();
    long[][] histogram = new long[shape.channels()][LEVELS];
    byte[] pixels = new byte[shape.size()];
    for (int sample = 0; sample < dataset.size(); sample++) {
      dataset.read(sample, pixels, 0);
      for (int i = 0; i < pixels.length; i++) {
        histogram[i / plane][pixels[i] & 0xff]++;
      }
    }
    return histogram;
  }
}
