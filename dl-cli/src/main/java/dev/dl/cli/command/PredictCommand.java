package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Classifies files with a finished run. */
@Command(mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  private final RunServices services;
  private final Console console;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run directory.")
  private Path run;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE_OR_DIR",
      description = "Images, or folders of them.")
  private List<Path> files;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the results as JSON.")
  private Path json;

  PredictCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<RunServices.Prediction> predictions = services.predict(run, files);
    Table table = new Table("FILE", "LABEL", "PROBABILITY");
    for (RunServices.Prediction prediction : predictions) {
      String probability = String.format(Locale.ROOT, "%.4f", prediction.probability());
      table.add(prediction.file().toString(), prediction.label(), probability);
    }
    console.out().print(table.text());
    if (json != null) {
      Json.write(json, predictions.stream().map(PredictCommand::row).toList());
    }
    return ExitCode.SUCCESS.number();
  }

  /** The path as it was given, where Jackson would write a URI. */
  private static java.util.Map<String, Object> row(RunServices.Prediction prediction) {
    return java.util.Map.of(
        "file", prediction.file().toString(),
        "label", prediction.label(),
        "probability", prediction.probability());
  }
}
