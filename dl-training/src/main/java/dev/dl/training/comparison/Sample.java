package dev.dl.training.comparison;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** A few numbers, one a seed. */
final class Sample {
  private static final double ROUNDING = 1e-12;

  private Sample() {}

  static double mean(double... values) {
    return DoubleStream.of(values).sum() / values.length;
  }

  /** The standard deviation of what the values are a sample of, from two on. */
  static double deviation(double... values) {
    double mean = mean(values);
    double squares = DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  /** Whether the values differ by more than rounding. */
  static boolean varies(double... values) {
    double largest = DoubleStream.of(values).map(Math::abs).max().orElse(0);
    return values.length > 1 && deviation(values) > ROUNDING * largest;
  }

  /** Value by value. */
  static double[] differences(double[] values, double[] others) {
    double[] differences = new double[values.length];
    Arrays.setAll(differences, i -> values[i] - others[i]);
    return differences;
  }
}
