package dev.dl.training.comparison;

import dev.dl.core.metric.MetricName;
import dev.dl.training.comparison.Difference.Effect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A candidate's runs beside those of the baseline with the same seeds.
 *
 * @param differences the candidate's value less the baseline's
 * @param discordance of the predictions of a single pair; {@code null} where there are more pairs,
 *     or no predictions
 * @param test {@code null} where the differences alone tell nothing
 */
record Pairing(double[] differences, Discordance discordance, PairedTest test) {
  private static final double ALPHA = 0.05;

  /**
   * Pairs the runs; empty where they have no seed in common.
   *
   * @param comparisons that p will be corrected for
   */
  static Optional<Pairing> of(
      Map<Long, ComparedRun> candidate,
      Map<Long, ComparedRun> baseline,
      MetricName metric,
      int comparisons)
      throws IOException {
    List<Long> common = candidate.keySet().stream().filter(baseline::containsKey).toList();
    if (common.isEmpty()) {
      return Optional.empty();
    }
    double[] differences =
        Sample.differences(values(candidate, common, metric), values(baseline, common, metric));
    if (common.size() > 1) {
      PairedTest test = PairedTest.of(differences, comparisons);
      return Optional.of(new Pairing(differences, null, test));
    }
    Discordance discordance =
        discordance(candidate.get(common.get(0)), baseline.get(common.get(0)), metric).orElse(null);
    PairedTest test =
        discordance == null ? null : new PairedTest(Discordance.TEST, discordance.p());
    return Optional.of(new Pairing(differences, discordance, test));
  }

  private static double[] values(Map<Long, ComparedRun> runs, List<Long> seeds, MetricName metric) {
    return seeds.stream().mapToDouble(seed -> runs.get(seed).value(metric).orElseThrow()).toArray();
  }

  private static Optional<Discordance> discordance(
      ComparedRun candidate, ComparedRun baseline, MetricName metric) throws IOException {
    Optional<Path> first = candidate.predictions(metric.split());
    Optional<Path> second = baseline.predictions(metric.split());
    boolean told = metric.metric().equals("accuracy") && first.isPresent() && second.isPresent();
    return told ? Discordance.of(first.get(), second.get()) : Optional.empty();
  }

  /**
   * What the pairs tell.
   *
   * @param corrected p after correction, {@code null} where there is no test
   */
  Difference difference(Double corrected, int comparisons) {
    boolean distinguishable = corrected != null && corrected < ALPHA;
    Effect effect = discordance == null ? EffectSize.hedges(differences) : discordance.effect();
    return new Difference(
        Sample.mean(differences),
        interval(),
        differences.length,
        test == null ? null : test.name(),
        test == null ? null : test.p(),
        corrected,
        effect,
        distinguishable,
        distinguishable || discordance != null ? null : seedsNeeded(effect, comparisons));
  }

  private Interval interval() {
    if (discordance != null) {
      return discordance.interval();
    }
    return Sample.varies(differences) ? Intervals.of(differences) : null;
  }

  private Integer seedsNeeded(Effect effect, int comparisons) {
    return effect == null || effect.value() == 0
        ? null
        : Power.pairsNeeded(effect.value(), ALPHA / comparisons);
  }
}
