package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.core.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, describes, fetches and checks data. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | info | get | check)",
    description = "List, describe, fetch and check data.")
final class DataCommand implements Runnable {
  private final Services services;
  private final Console console;

  @Spec private CommandSpec spec;

  DataCommand(Services services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "data: expected list, info, get or check");
  }

  @Command(mixinStandardHelpOptions = true, description = "List the datasets of the catalogue.")
  void list() {
    Table table = new Table("NAME", "SHAPE", "CLASSES", "SAMPLES", "HERE", "DESCRIPTION");
    for (Services.DatasetEntry entry : services.datasets()) {
      table.add(
          entry.name(),
          entry.shape(),
          Integer.toString(entry.classes()),
          String.format(Locale.ROOT, "%,d", entry.samples()),
          entry.location() == null ? "no" : "yes",
          entry.description());
    }
    console.out().print(table.text());
  }

  @Command(mixinStandardHelpOptions = true, description = "Describe one dataset.")
  void info(@Parameters(paramLabel = "NAME") String name) {
    Services.DatasetEntry entry = find(name);
    String location =
        entry.location() == null
            ? "not here; ./dl data get " + name + " fetches it"
            : entry.location().toString();
    Table table = new Table("NAME", entry.name());
    table.add("description", entry.description());
    table.add("sample", entry.shape());
    table.add("classes", Integer.toString(entry.classes()));
    table.add("samples", String.format(Locale.ROOT, "%,d", entry.samples()));
    table.add("licence", entry.license());
    table.add("location", location);
    console.out().print(table.text());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Fetch a dataset from its source over the network, checking its SHA-256.")
  void get(@Parameters(paramLabel = "NAME") String name) throws IOException {
    console.out().println(services.fetch(find(name).name()));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Read every sample that a configuration uses and list what is wrong.")
  int check(
      @Parameters(paramLabel = "CONFIG") Path config,
      @Parameters(arity = "0..*", paramLabel = "key=value") List<String> overrides)
      throws IOException {
    List<String> given = overrides == null ? List.of() : overrides;
    List<String> problems = services.checkData(services.readSpec(config, given));
    problems.forEach(console::message);
    if (problems.isEmpty()) {
      console.out().println("no problems found");
    }
    return (problems.isEmpty() ? ExitCode.SUCCESS : ExitCode.BAD_FILE).number();
  }

  private Services.DatasetEntry find(String name) {
    return services.datasets().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "data",
                    name,
                    "one of "
                        + services.datasets().stream()
                            .map(Services.DatasetEntry::name)
                            .collect(Collectors.joining(", ")),
                    ""));
  }
}
