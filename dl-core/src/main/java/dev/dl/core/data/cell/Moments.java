package dev.dl.core.data.cell;

/**
 * Mean and deviation of numbers that come one by one (Welford 1962): a function of the numbers in
 * their order, without cancellation.
 */
public final class Moments {
  private long count;
  private double mean;
  private double squares;

  /** Takes one number in. */
  public void add(double value) {
    count++;
    double difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  }

  /** How many numbers there were. */
  public long count() {
    return count;
  }

  /** Standardization by what was taken in so far; of nothing, by 0 and 0. */
  public Standardization standardization() {
    return new Standardization(mean, count == 0 ? 0 : Math.sqrt(squares / count));
  }
}
