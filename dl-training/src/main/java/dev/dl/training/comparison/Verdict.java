package dev.dl.training.comparison;

import dev.dl.training.comparison.Candidate.Spread;
import java.util.Locale;

/**
 * What a comparison comes to, one sentence a candidate.
 *
 * @param baseline name of the candidate that others are compared with
 * @param corrected whether p was corrected for several comparisons
 */
record Verdict(String baseline, boolean lessIsBetter, boolean corrected, Figures figures) {
  private static final int MANY_SEEDS = 1000;

  String ofBaseline(Spread spread, int runs) {
    String interval =
        spread.interval() == null ? "" : " (95 % " + figures.range(spread.interval()) + ")";
    return "%s is the baseline: %s%s with %s"
        .formatted(baseline, figures.value(spread.mean()), interval, seeds(runs));
  }

  /**
   * @param difference {@code null} where there is none
   */
  String of(String name, Difference difference) {
    if (difference == null) {
      return name + " has no seed in common with " + baseline + ": not compared";
    }
    if (difference.p() == null) {
      return "%s: %s to %s with one seed, which is too few to tell a difference"
          .formatted(name, figures.difference(difference.mean()), baseline);
    }
    if (difference.pairs() == 1) {
      return ofPredictions(name, difference);
    }
    return difference.distinguishable()
        ? "%s %s %s by %s%s, %s"
            .formatted(
                name,
                better(difference) ? "beats" : "is worse than",
                baseline,
                size(difference),
                interval(difference),
                p(difference))
        : "%s is not distinguishable from %s with %s: %s%s, %s; %s"
            .formatted(
                name,
                baseline,
                seeds(difference.pairs()),
                figures.difference(difference.mean()),
                interval(difference),
                p(difference),
                needed(difference));
  }

  private String ofPredictions(String name, Difference difference) {
    String what =
        difference.distinguishable()
            ? (better(difference) ? "is ahead of " : "is behind ") + baseline
            : "is not distinguishable from " + baseline;
    return "%s %s in this pair of runs: %s%s, %s; other seeds may come out otherwise"
        .formatted(
            name, what, figures.difference(difference.mean()), interval(difference), p(difference));
  }

  private boolean better(Difference difference) {
    return difference.mean() > 0 != lessIsBetter;
  }

  private String size(Difference difference) {
    return figures.difference(Math.abs(difference.mean())).substring(1);
  }

  /** In the direction in which the sentence tells it. */
  private String interval(Difference difference) {
    Interval interval = difference.interval();
    if (interval == null) {
      return "";
    }
    boolean turned =
        difference.distinguishable() && difference.mean() < 0 && difference.pairs() > 1;
    Interval told =
        turned ? new Interval(-interval.high(), -interval.low(), interval.method()) : interval;
    return " (95 % " + figures.range(told) + ")";
  }

  private String p(Difference difference) {
    String p = Figures.probability(difference.corrected());
    return (p.startsWith("<") ? "p " : "p = ") + p + (corrected ? " after Holm" : "");
  }

  private static String needed(Difference difference) {
    Integer needed = difference.seedsNeeded();
    if (needed == null) {
      return "more seeds would be needed";
    }
    return needed > MANY_SEEDS
        ? "more than 1,000 would be needed"
        : String.format(Locale.ROOT, "about %d would be needed", needed);
  }

  private static String seeds(int count) {
    return count == 1 ? "one seed" : count + " seeds";
  }
}
