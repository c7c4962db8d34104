package dev.dl.core.data;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

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
  private static final int MOST_READ = 10_000;
  private static final int WINDOW = 32;

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
   * The exact mean and (population) deviation over all pixels of a dataset, or over those of 10,000
   * pictures spread over it where each has to be read from its file; a channel without any
   * variation keeps the deviation 1.
   *
   * @param filter by which pictures of another size are resized
   * @param shape to which they are brought
   */
  static Normalization fit(Dataset<Image> dataset, ImageShape shape, Filter filter) {
    int step = dataset.access() == Access.MEMORY ? 1 : (dataset.size() - 1) / MOST_READ + 1;
    int[] samples = IntStream.range(0, dataset.size()).filter(i -> i % step == 0).toArray();
    long[][] histogram = histogram(dataset, shape, filter, samples);
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    double count = (double) samples.length * shape.height() * shape.width();
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

  /** The mean of each channel as a byte. */
  List<Integer> meanPixel() {
    return mean.stream().map(value -> (int) Math.rint(value * WHITE)).toList();
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

  /** Looks pixels up in {@link #tables} and puts what they become into {@code inputs}. */
  void apply(byte[] pixels, float[][] tables, float[] inputs, int offset) {
    int plane = pixels.length / tables.length;
    for (int channel = 0; channel < tables.length; channel++) {
      float[] table = tables[channel];
      for (int i = channel * plane; i < (channel + 1) * plane; i++) {
        inputs[offset + i] = table[pixels[i] & 0xff];
      }
    }
  }

  private static long[][] histogram(
      Dataset<Image> dataset, ImageShape shape, Filter filter, int[] samples) {
    int plane = shape.height() * shape.width();
    long[][] histogram = new long[shape.channels()][LEVELS];
    InOrder.each(
        samples.length,
        WINDOW,
        i -> dataset.read(samples[i]).fit(shape.height(), shape.width(), filter).pixels(),
        (i, pixels) -> {
          for (int at = 0; at < pixels.length; at++) {
            histogram[at / plane][pixels[at] & 0xff]++;
          }
        });
    return histogram;
  }
}
