package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.DatasetCatalog;
import dev.dl.core.data.DatasetInfo;
import dev.dl.core.data.RemoteFile;
import dev.dl.core.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
  private final Console console;
  private final DatasetCatalog catalog = DatasetCatalog.standard();

  @Spec private CommandSpec spec;

  DataCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "data: expected list, info, get or check");
  }

  @Command(mixinStandardHelpOptions = true, description = "List the datasets of the catalogue.")
  void list() {
    Table table = new Table("NAME", "LICENCE", "DESCRIPTION");
    for (DatasetInfo info : catalog.datasets()) {
      table.add(info.name(), info.licence(), info.description());
    }
    console.out().print(table.text());
  }

  @Command(mixinStandardHelpOptions = true, description = "Describe one dataset.")
  void info(@Parameters(paramLabel = "NAME") String name) {
    DatasetInfo info = catalog.info(name);
    Table table = new Table("NAME", info.name());
    table.add("description", info.description());
    table.add("licence", info.licence().isEmpty() ? "yours" : info.licence());
    table.add("classes", String.join(", ", info.classNames()));
    table.add("data.path", info.pathNeeded() ? "needed" : "not needed");
    for (RemoteFile file : info.download()) {
      table.add("file", file.name() + ", SHA-256 " + file.sha256());
      file.addresses().forEach(address -> table.add("", address.toString()));
    }
    console.out().print(table.text());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Read every sample that a configuration uses and list what is wrong.")
  int check(
      @Parameters(paramLabel = "CONFIG") Path config,
      @Parameters(arity = "0..*", paramLabel = "key=value") List<String> overrides)
      throws IOException {
    List<String> given = overrides == null ? List.of() : overrides;
    DataSplits splits = DataSplits.open(SpecFile.read(config, given).data(), Path.of(""));
    Table table = new Table("SPLIT", "SAMPLES");
    for (Split split : Split.values()) {
      splits
          .find(split)
          .ifPresent(
              dataset ->
                  table.add(split.label(), String.format(Locale.ROOT, "%,d", dataset.size())));
    }
    console.out().print(table.text());
    return ExitCode.SUCCESS.number();
  }
}
