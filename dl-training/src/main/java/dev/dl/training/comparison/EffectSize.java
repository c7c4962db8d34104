package dev.dl.training.comparison;

import dev.dl.training.comparison.Difference.Effect;
import org.apache.commons.numbers.gamma.LogGamma;

/** Differences in units of how much they vary. */
final class EffectSize {
  private EffectSize() {}

  /**
   * The mean of differences over their standard deviation, without the bias of few pairs (Hedges
   * 1981, https://doi.org/10.3102/10769986006002107); {@code null} where they do not vary, or are
   * two, of which nothing is left.
   */
  static Effect hedges(double... differences) {
    if (differences.length < 3 || !Sample.varies(differences)) {
      return null;
    }
    double freedom = differences.length - 1.0;
    double unbiased =
        Math.exp(LogGamma.value(freedom / 2) - LogGamma.value((freedom - 1) / 2))
            / Math.sqrt(freedom / 2);
    return new Effect(
        "Hedges g", unbiased * Sample.mean(differences) / Sample.deviation(differences));
  }
}
