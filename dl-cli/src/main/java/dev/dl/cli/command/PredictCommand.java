package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Printable;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a finished run says of files, or writes after a prompt. */
@Command(mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  private final RunServices services;
  private final Console console;

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run directory.")
  private Path run;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FILE_OR_DIR",
      description = "Pictures or folders of them; texts; files of rows.")
  private List<Path> files = List.of();

  @Mixin private WritingOptions writing;

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description = "Write the class of each pixel of each picture there, as PNG files.")
  private Path masks;

  @Option(
      names = "--embed",
      paramLabel = "FILE",
      description = "Write the vector of each text there instead, as JSON lines.")
  private Path embed;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the results as JSON.")
  private Path json;

  @Mixin private PluginOptions plugins;

  PredictCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if ((writing.prompt() == null) == files.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "expected either files or --prompt, for a language model");
    }
    if (embed != null) {
      embed();
    } else if (writing.prompt() == null) {
      label();
    } else {
      write();
    }
    return ExitCode.SUCCESS.number();
  }

  private void write() throws IOException {
    String text =
        services.write(
            run,
            plugins.models(),
            writing.prompt(),
            writing.tokens(command),
            writing.sampling(command));
    console.out().println(Printable.text(writing.prompt() + text));
    if (json != null) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("prompt", writing.prompt());
      row.put("text", text);
      Json.write(json, row);
    }
  }

  private void embed() throws IOException {
    if (files.isEmpty() || masks != null || json != null || writing.prompt() != null) {
      throw new ParameterException(
          command.commandLine(), "expected --embed with files of texts and no other output");
    }
    OutputFile.replace(embed, services.vectors(run, plugins.models(), files));
    console.out().println(embed);
  }

  private void label() throws IOException {
    List<Answer> answers = services.predict(run, plugins.models(), files, masks);
    Table table = new Table("FILE", "LABEL", "PROBABILITY");
    for (Answer answer : answers) {
      table.add(answer.where(), answer.text(), probability(answer));
    }
    console.out().print(table.text());
    if (json != null) {
      Json.write(json, answers.stream().map(PredictCommand::row).toList());
    }
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
