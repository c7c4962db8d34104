package dev.dl.cli.command;

import dev.dl.cli.terminal.Table;
import dev.dl.training.search.Trial;
import dev.dl.training.search.TuneReport;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a search came to, as text. */
final class TuneTables {
  private static final int SHOWN = 10;

  private TuneTables() {}

  /** The best trials. */
  static String trials(TuneReport report) {
    Table table = new Table("TRIAL", "EPOCHS", report.metric(), "VALUES");
    report.trials().stream()
        .filter(trial -> !trial.results().isEmpty())
        .limit(SHOWN)
        .forEach(
            trial ->
                table.add(
                    Integer.toString(trial.number()),
                    Integer.toString(trial.epochs()),
                    value(trial.last().value()),
                    values(trial)));
    return table.text();
  }

  /** The fields, the most important first. */
  static String importance(TuneReport report) {
    Table table = new Table("FIELD", "DECIDES OF THE ORDER");
    report.importance().entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            field ->
                table.add(
                    field.getKey(), String.format(Locale.ROOT, "%.0f%%", 100 * field.getValue())));
    return table.text();
  }

  /** On one line. */
  static String summary(TuneReport report) {
    String base = report.base() == null ? "none" : value(report.base());
    String cost =
        String.format(
            Locale.ROOT,
            "%d trials, %d epochs, %.0f s",
            report.trials().size(),
            report.epochs(),
            report.seconds());
    return report.best() == null
        ? "%s: nothing better than the base, %s %s (%s)"
            .formatted(report.name(), report.metric(), base, cost)
        : "%s: %s %s by trial %d, %s by the base (%s)"
            .formatted(
                report.name(),
                report.metric(),
                value(report.best().last().value()),
                report.best().number(),
                base,
                cost);
  }

  static String value(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String values(Trial trial) {
    return trial.values().entrySet().stream()
        .map(value -> value.getKey() + "=" + value.getValue())
        .collect(Collectors.joining(" "));
  }
}
