package dev.dl.benchmarks;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Figures of the same thing, measured again and again.
 *
 * @param median robust against a block that something else disturbed
 */
record Samples(double median, double minimum, double maximum) {
  static Samples of(List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Samples(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** The mean that suits ratios. */
  static double geometricMean(double... ratios) {
    return Math.exp(DoubleStream.of(ratios).map(Math::log).average().orElse(Double.NaN));
  }
}
