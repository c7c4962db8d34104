package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.core.backend.DoctorReport;
import dev.dl.training.selftest.Agreement;
import dev.dl.training.selftest.SelfTest;
import dev.dl.training.selftest.SelfTestReport;
import dev.dl.training.selftest.SideReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Runs the self-test, prints what matters of it and writes all of it into a file. */
final class SelfTestDisplay {

  private SelfTestDisplay() {}

  /** Returns whether it passed; the last line printed is the file. */
  static boolean run(DoctorReport machine, Path file, Console console) throws IOException {
    SelfTestReport report = SelfTest.run(machine, console::message);
    Json.write(file, report);
    console.out().println();
    console.out().println("Self-test of " + report.compared());
    console.out().print(agreements(report));
    report.sides().forEach((side, done) -> console.out().print(measured(side, done)));
    report.failures().forEach(failure -> console.out().println("Failed: " + failure.strip()));
    console.out().println(report.passed() ? "All agrees." : "NOT all agrees.");
    console.out().println(file);
    return report.passed();
  }

  private static String agreements(SelfTestReport report) {
    Table table = new Table("CASE", "AGREES", "DIFFERENCE", "MOST IN");
    for (Agreement each : report.agreements()) {
      boolean computed = each.worst() != null;
      table.add(
          each.name(),
          each.agrees() ? "yes" : "NO",
          computed ? format("%.1e", each.difference()) : "not computed",
          computed ? each.worst() : "-");
    }
    return table.text();
  }

  private static String measured(String side, SideReport done) {
    StringBuilder text = new StringBuilder();
    done.speeds()
        .forEach(
            (model, speed) ->
                text.append(
                    format(
                        "%s: %s trains %.1f and predicts %.1f samples/s%n",
                        side,
                        model,
                        speed.trainingSamplesPerSecond(),
                        speed.predictionSamplesPerSecond())));
    SideReport.Memory memory = done.memory();
    text.append(
        format(
            "%s: %d MiB after the first steps of the training, %d MiB at its end, at most %d MiB%n",
            side, memory.warmMebibytes(), memory.endMebibytes(), memory.peakMebibytes()));
    return text.toString();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
