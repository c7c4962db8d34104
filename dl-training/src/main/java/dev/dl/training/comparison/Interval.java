package dev.dl.training.comparison;

/**
 * Where a value lies, with 95 % confidence.
 *
 * @param method how it was found: {@code t}, {@code bootstrap} or {@code McNemar}
 */
public record Interval(double low, double high, String method) {

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(low + " to " + high);
    }
  }

  /** What of it lies between two bounds that no value can pass. */
  Interval within(double least, double most) {
    return new Interval(Math.max(low, least), Math.min(high, most), method);
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
