package dev.dl.cli.command;

import dev.dl.cli.terminal.Durations;
import dev.dl.cli.terminal.Printable;
import dev.dl.cli.terminal.Table;
import dev.dl.training.comparison.Comparison;
import dev.dl.training.study.Budget;
import dev.dl.training.study.StudyPlan;
import dev.dl.training.study.StudyStatus;
import dev.dl.training.study.StudyStatus.CandidateStatus;
import dev.dl.training.study.StudyStatus.CellStatus;
import dev.dl.training.study.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a study is going to do, and what it came to, as tables. */
final class StudyTables {
  private StudyTables() {}

  /** How long each candidate is to be trained. */
  static String plan(StudyPlan plan) {
    Table table = new Table("CANDIDATE", "PARAMETERS", "MULTIPLY-ADDS", "BATCH", "STEPS", "EPOCHS");
    Budget budget = plan.study().budget();
    for (StudyPlan.Planned planned : plan.candidates()) {
      Workload work = planned.workload();
      boolean known = !(budget instanceof Budget.WallTime); // else measured before the first cell
      long steps = known ? budget.length(work).steps(work.stepsPerEpoch()) : 0;
      table.add(
          planned.candidate().name(),
          grouped(work.parameters()),
          grouped(work.multiplyAdds()),
          String.valueOf(work.batchSize()),
          known ? grouped(steps) : "",
          known ? String.format(Locale.ROOT, "%.2f", (double) steps / work.stepsPerEpoch()) : "");
    }
    return table.text()
        + "budget: %s; seeds %s; %d runs%n"
            .formatted(
                budget.text(),
                plan.study().seeds(),
                plan.candidates().size() * plan.study().seeds().size());
  }

  /** The means over the seeds. */
  static String results(StudyStatus status) {
    String split = "test";
    String metric = metric(status.cells().stream().map(CellStatus::test).toList());
    if (metric.isEmpty()) {
      split = "validation";
      metric = metric(status.cells().stream().map(CellStatus::validation).toList());
    }
    Table table =
        new Table("CANDIDATE", "PARAMETERS", "STEPS", "RUNS", split + "." + metric, "SD", "TIME");
    for (CandidateStatus candidate : status.candidates()) {
      List<CellStatus> cells =
          status.cells().stream()
              .filter(cell -> cell.done() && cell.candidate().equals(candidate.name()))
              .toList();
      double[] values = values(cells, split, metric);
      double seconds = cells.stream().mapToDouble(CellStatus::wallSeconds).average().orElse(0);
      table.add(
          candidate.name(),
          grouped(candidate.parameters()),
          grouped(candidate.steps()),
          String.valueOf(cells.size()),
          values.length == 0 ? "" : number(mean(values)),
          values.length < 2 ? "" : number(deviation(values)),
          cells.isEmpty() ? "" : Durations.clock(Duration.ofMillis(Math.round(1000 * seconds))));
    }
    return table.text();
  }

  /** What the comparison says in words. */
  static String verdicts(Comparison comparison) {
    return Stream.of(
            comparison.candidates().stream()
                .filter(candidate -> !candidate.name().equals(comparison.baseline()))
                .map(candidate -> candidate.verdict()),
            comparison.unfair().stream().map(each -> "not fair to compare: " + each.line()),
            comparison.notes().stream())
        .flatMap(lines -> lines)
        .map(line -> Printable.of(line) + "\n")
        .collect(Collectors.joining());
  }

  /** The one that runs are judged by, which is the first. */
  private static String metric(List<Map<String, Double>> metrics) {
    return metrics.stream()
        .filter(each -> !each.isEmpty())
        .map(each -> each.keySet().iterator().next())
        .findFirst()
        .orElse("");
  }

  private static double[] values(List<CellStatus> cells, String split, String metric) {
    return cells.stream()
        .map(cell -> (split.equals("test") ? cell.test() : cell.validation()).get(metric))
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double mean(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double... values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
