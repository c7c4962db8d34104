package dev.dl.cli.command;

import dev.dl.cli.terminal.Durations;
import dev.dl.cli.terminal.Printable;
import dev.dl.cli.terminal.Table;
import dev.dl.cli.terminal.Terminal;
import dev.dl.training.comparison.Candidate;
import dev.dl.training.comparison.Candidate.Costs;
import dev.dl.training.comparison.Comparison;
import dev.dl.training.comparison.Difference;
import dev.dl.training.comparison.Figures;
import dev.dl.training.comparison.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison for the terminal: what is unfair, a table, its costs, a sentence a candidate. */
final class ComparisonText {
  private static final int WIDE = 100;
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_NAME_IF_NARROW = 18;

  private final Comparison comparison;
  private final Figures figures;
  private final boolean wide;

  private ComparisonText(Comparison comparison, Terminal terminal) {
    this.comparison = comparison;
    this.figures = new Figures(comparison.share());
    this.wide = terminal.width() >= WIDE;
  }

  static String of(Comparison comparison, Terminal terminal) {
    ComparisonText text = new ComparisonText(comparison, terminal);
    StringBuilder all = new StringBuilder();
    comparison.unfair().forEach(each -> all.append(line("NOT FAIR: " + each.line())));
    all.append(
        line(
            "%s, %s is better; differences from %s%s"
                .formatted(
                    comparison.metric(),
                    comparison.lessIsBetter() ? "less" : "more",
                    comparison.baseline(),
                    comparison.share() ? " in points" : "")));
    all.append('\n').append(text.results());
    all.append('\n').append(text.costs()).append('\n');
    comparison.candidates().forEach(candidate -> all.append(line(candidate.verdict() + ".")));
    all.append('\n');
    comparison.notes().forEach(note -> all.append(line(note)));
    return all.toString();
  }

  private static String line(String text) {
    return Printable.of(text) + "\n";
  }

  private String results() {
    List<String> header =
        new ArrayList<>(
            List.of("CANDIDATE", "RUNS", "MEAN", "95 %", "DIFFERENCE", "95 %", probability()));
    if (wide) {
      header.addAll(List.of("EFFECT", "TEST"));
    }
    Table table = new Table(header.toArray(String[]::new));
    for (Candidate candidate : comparison.candidates()) {
      table.add(cells(candidate).toArray(String[]::new));
    }
    return table.text();
  }

  private String probability() {
    long tested =
        comparison.candidates().stream()
            .filter(each -> each.difference() != null && each.difference().p() != null)
            .count();
    return tested > 1 ? "P (HOLM)" : "P";
  }

  private List<String> cells(Candidate candidate) {
    Difference difference = candidate.difference();
    boolean baseline = candidate.name().equals(comparison.baseline());
    List<String> cells = new ArrayList<>();
    cells.add(shortened(candidate.name()));
    cells.add(Integer.toString(candidate.runs().size()));
    cells.add(figures.amount(candidate.spread().mean()) + (comparison.share() ? "%" : ""));
    cells.add(range(candidate.spread().interval()));
    cells.add(baseline ? "baseline" : difference == null ? "" : signed(difference.mean()));
    cells.add(difference == null ? "" : range(difference.interval()));
    cells.add(
        difference == null || difference.corrected() == null
            ? ""
            : Figures.probability(difference.corrected()));
    if (wide) {
      cells.add(
          difference == null || difference.effect() == null
              ? ""
              : String.format(Locale.ROOT, "%.2f", difference.effect().value()));
      cells.add(difference == null || difference.test() == null ? "" : difference.test());
    }
    return cells;
  }

  private String signed(double difference) {
    return (difference > 0 ? "+" : "") + figures.amount(difference);
  }

  private String range(Interval interval) {
    return interval == null ? "" : figures.range(interval);
  }

  private String costs() {
    Table table =
        new Table(
            "CANDIDATE", "PARAMETERS", "MULTIPLY-ADDS", "SAMPLES/S", "PEAK MIB", "TIME OF A RUN");
    for (Candidate candidate : comparison.candidates()) {
      Costs costs = candidate.costs();
      table.add(
          shortened(candidate.name()),
          ModelRow.grouped(costs.parameters()),
          costs.multiplyAdds() == null ? "" : ModelRow.grouped(costs.multiplyAdds()),
          ModelRow.grouped(Math.round(costs.samplesPerSecond())),
          costs.peakMemoryBytes() == null ? "" : ModelRow.grouped(costs.peakMemoryBytes() >> 20),
          Durations.clock(Duration.ofMillis(Math.round(1000 * costs.wallSeconds()))));
    }
    return table.text();
  }

  private String shortened(String name) {
    int longest = wide ? LONGEST_NAME : LONGEST_NAME_IF_NARROW;
    return name.length() <= longest ? name : name.substring(0, longest - 1) + "…";
  }
}
