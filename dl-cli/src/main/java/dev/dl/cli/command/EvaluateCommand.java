package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.core.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Evaluates a finished run. */
@Command(mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  private final RunServices services;
  private final Console console;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run directory.")
  private Path run;

  @Option(
      names = "--split",
      defaultValue = "test",
      description = "train, validation or test (the default).")
  private Split split;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write everything as JSON, with per-class figures and the confusions.")
  private Path json;

  @Mixin private PluginOptions plugins;

  EvaluateCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Map<String, Object> results = services.evaluate(run, plugins.models(), split);
    Table table = new Table("METRIC", "VALUE");
    results.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            table.add(name, figure(number));
          }
        });
    console.out().print(table.text());
    if (json != null) {
      Json.write(json, results);
    }
    return ExitCode.SUCCESS.number();
  }

  private static String figure(Number value) {
    boolean whole = value instanceof Long || value instanceof Integer;
    return whole ? value.toString() : String.format(Locale.ROOT, "%.4f", value.doubleValue());
  }
}
