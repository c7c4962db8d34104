package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.training.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what a finished run says of files. */
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
      description = "Pictures or folders of them; texts; files of rows.")
  private List<Path> files;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the results as JSON.")
  private Path json;

  PredictCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Answer> answers = services.predict(run, files);
    Table table = new Table("FILE", "LABEL", "PROBABILITY");
    for (Answer answer : answers) {
      table.add(answer.where(), answer.text(), probability(answer));
    }
    console.out().print(table.text());
    if (json != null) {
      Json.write(json, answers.stream().map(PredictCommand::row).toList());
    }
    return ExitCode.SUCCESS.number();
  }

  private static String probability(Answer answer) {
    return answer.probability() == null
        ? ""
        : String.format(Locale.ROOT, "%.4f", answer.probability());
  }

  private static Map<String, Object> row(Answer answer) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("file", answer.where());
    row.put("label", answer.text());
    row.put("probability", answer.probability());
    return row;
  }
}
