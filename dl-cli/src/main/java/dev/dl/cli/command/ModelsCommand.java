package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the catalogue of models. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "List the models: name, family, parameters, paper.")
final class ModelsCommand implements Callable<Integer> {
  private final Services services;
  private final Console console;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the list as JSON.")
  private Path json;

  ModelsCommand(Services services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Table table = new Table("NAME", "FAMILY", "PARAMETERS", "PAPER");
    for (Services.Model model : services.models()) {
      String parameters = String.format(Locale.ROOT, "%,d", model.parameters());
      table.add(model.name(), model.family(), parameters, model.paper());
    }
    console.out().print(table.text());
    if (json != null) {
      Json.write(json, services.models());
    }
    return ExitCode.SUCCESS.number();
  }
}
