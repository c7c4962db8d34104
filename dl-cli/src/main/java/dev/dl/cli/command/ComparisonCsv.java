package dev.dl.cli.command;

import dev.dl.core.textfile.CsvText;
import dev.dl.training.comparison.Candidate;
import dev.dl.training.comparison.Comparison;
import dev.dl.training.comparison.Difference;
import dev.dl.training.comparison.Interval;
import dev.dl.training.comparison.Unfairness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison as CSV, a line a candidate; empty cells are not known. */
final class ComparisonCsv {
  private static final List<String> HEADER =
      List.of(
          "candidate",
          "metric",
          "runs",
          "mean",
          "deviation",
          "low",
          "high",
          "interval",
          "baseline",
          "pairs",
          "difference",
          "differenceLow",
          "differenceHigh",
          "test",
          "p",
          "correctedP",
          "effect",
          "effectMeasure",
          "seedsNeeded",
          "parameters",
          "multiplyAdds",
          "samplesPerSecond",
          "peakMemoryBytes",
          "wallSeconds",
          "unfair");

  private static final Difference NONE =
      new Difference(Double.NaN, null, 0, null, null, null, null, false, null);

  private ComparisonCsv() {}

  static String of(Comparison comparison) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    String unfair =
        comparison.unfair().stream().map(Unfairness::line).collect(Collectors.joining("; "));
    for (Candidate candidate : comparison.candidates()) {
      lines.add(line(comparison, candidate, unfair));
    }
    return CsvText.of(lines);
  }

  private static List<String> line(Comparison comparison, Candidate candidate, String unfair) {
    Candidate.Spread spread = candidate.spread();
    Difference difference = candidate.difference() == null ? NONE : candidate.difference();
    boolean compared = candidate.difference() != null;
    Difference.Effect effect = difference.effect();
    Candidate.Costs costs = candidate.costs();
    return cells(
        candidate.name(),
        comparison.metric(),
        candidate.runs().size(),
        spread.mean(),
        spread.deviation(),
        low(spread.interval()),
        high(spread.interval()),
        spread.interval() == null ? null : spread.interval().method(),
        comparison.baseline(),
        compared ? difference.pairs() : null,
        compared ? difference.mean() : null,
        low(difference.interval()),
        high(difference.interval()),
        difference.test(),
        difference.p(),
        difference.corrected(),
        effect == null ? null : effect.value(),
        effect == null ? null : effect.measure(),
        difference.seedsNeeded(),
        costs.parameters(),
        costs.multiplyAdds(),
        costs.samplesPerSecond(),
        costs.peakMemoryBytes(),
        costs.wallSeconds(),
        unfair);
  }

  private static Double low(Interval interval) {
    return interval == null ? null : interval.low();
  }

  private static Double high(Interval interval) {
    return interval == null ? null : interval.high();
  }

  private static List<String> cells(Object... values) {
    return Arrays.stream(values).map(value -> value == null ? "" : value.toString()).toList();
  }
}
