package dev.dl.core.metric;

/**
 * How well one class is told from the others. A share of nothing is 0, as in scikit-learn.
 *
 * @param samples of this class
 * @param precision share of the samples predicted as this class that are of it
 * @param recall share of the samples of this class that are predicted as it
 */
public record ClassScore(long samples, double precision, double recall) {

  /** The harmonic mean of precision and recall. */
  public double f1() {
    double sum = precision + recall;
    return sum == 0 ? 0 : 2 * precision * recall / sum;
  }
}
