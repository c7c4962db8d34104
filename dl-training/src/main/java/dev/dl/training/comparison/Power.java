package dev.dl.training.comparison;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** How likely Student's test of pairs is to tell an effect that is there. */
final class Power {
  private static final double WANTED = 0.8;
  private static final int MOST_PAIRS = 100_000;
  private static final double SMALL = 1e-15;

  private Power() {}

  /**
   * The probability that a two-sided test of pairs tells the effect.
   *
   * @param effect mean of the differences over their standard deviation
   * @param alpha below which p tells
   */
  static double of(double effect, int pairs, double alpha) {
    int freedom = pairs - 1;
    double noncentrality = Math.abs(effect) * Math.sqrt(pairs);
    double critical = TDistribution.of(freedom).inverseSurvivalProbability(alpha / 2);
    return 1
        - noncentralT(critical, freedom, noncentrality)
        + 1
        - noncentralT(critical, freedom, -noncentrality);
  }

  /** The fewest pairs that tell an effect in four of five comparisons; at most 100,000. */
  static int pairsNeeded(double effect, double alpha) {
    int enough = 2;
    while (of(effect, enough, alpha) < WANTED) {
      enough *= 2;
      if (enough > MOST_PAIRS) {
        return MOST_PAIRS;
      }
    }
    int few = enough / 2;
    while (enough - few > 1) {
      int middle = (few + enough) / 2;
      if (of(effect, middle, alpha) < WANTED) {
        few = middle;
      } else {
        enough = middle;
      }
    }
    return enough;
  }

  /**
   * The distribution function of the noncentral t distribution, for {@code t} from 0 on (Lenth
   * 1989, algorithm AS 243, https://doi.org/10.2307/2347693).
   */
  static double noncentralT(double t, double freedom, double noncentrality) {
    double share = t * t / (t * t + freedom);
    double half = noncentrality * noncentrality / 2;
    double sum = 0;
    double rest = 1; // of the Poisson weights
    for (int j = 0; rest > SMALL && j < 10_000; j++) {
      double even = Math.exp(-half + (j == 0 ? 0 : j * Math.log(half)) - LogGamma.value(j + 1.0));
      double odd =
          noncentrality
              / Math.sqrt(2)
              * Math.exp(-half + (j == 0 ? 0 : j * Math.log(half)) - LogGamma.value(j + 1.5));
      sum +=
          even * RegularizedBeta.value(share, j + 0.5, freedom / 2)
              + odd * RegularizedBeta.value(share, j + 1.0, freedom / 2);
      rest -= even;
    }
    return NormalDistribution.of(0, 1).cumulativeProbability(-noncentrality) + sum / 2;
  }
}
