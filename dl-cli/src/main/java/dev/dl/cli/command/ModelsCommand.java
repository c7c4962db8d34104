package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the catalogue of models. */
@Command(mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the list as JSON.")
  private Path json;

  ModelsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Table table = new Table("NAME", "FAMILY", "PARAMETERS", "PAPER");
    List<Row> rows = ModelCatalog.models().stream().map(Row::of).toList();
    for (Row row : rows) {
      String parameters = String.format(Locale.ROOT, "%,d", row.parameters());
      table.add(row.name(), row.family(), parameters, row.paper());
    }
    console.out().print(table.text());
    if (json != null) {
      Json.write(json, rows);
    }
    return ExitCode.SUCCESS.number();
  }

  /** A model in the list. */
  private record Row(String name, String family, long parameters, String paper) {
    static Row of(Model model) {
      return new Row(model.name(), model.family(), model.parameterCount(), model.paper());
    }
  }
}
