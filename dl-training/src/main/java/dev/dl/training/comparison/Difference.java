package dev.dl.training.comparison;

/**
 * How far a candidate is from the baseline: its value less that of the baseline.
 *
 * @param mean over the pairs of runs with the same seed
 * @param interval for it; {@code null} where none can be given
 * @param pairs runs of both with the same seed
 * @param test by which p was found: {@code paired t}, {@code paired permutation} or {@code
 *     McNemar}; {@code null} where there is none
 * @param p of no difference, two-sided; {@code null} where there is no test
 * @param corrected the same after Holm's correction for all candidates
 * @param effect its size, {@code null} where the pairs do not vary
 * @param distinguishable whether the corrected p is below 0.05
 * @param seedsNeeded about how many seeds would tell such a difference in four of five comparisons;
 *     {@code null} where that cannot be estimated or is not asked
 */
public record Difference(
    double mean,
    Interval interval,
    int pairs,
    String test,
    Double p,
    Double corrected,
    Effect effect,
    boolean distinguishable,
    Integer seedsNeeded) {

  /**
   * The size of an effect, without a unit.
   *
   * @param measure {@code Hedges g} of the differences of pairs, or {@code Cohen g} of predictions
   */
  public record Effect(String measure, double value) {}
}
