package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.core.data.DataCheck;
import dev.dl.core.data.DataSpec;
import dev.dl.core.data.DatasetCatalog;
import dev.dl.core.data.DatasetInfo;
import dev.dl.core.data.RemoteFile;
import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.AuditPage;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, describes, fetches and checks data. */
@Command(mixinStandardHelpOptions = true, synopsisSubcommandLabel = "(list | info | get | check)")
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
  void list(
      @Option(names = "--json", paramLabel = "FILE", description = "Also write the list as JSON.")
          Path json)
      throws IOException {
    List<DatasetRow> rows =
        catalog.datasets().stream()
            .map(info -> DatasetRow.of(info, catalog.place(info.name())))
            .toList();
    Table table = new Table("NAME", "TASK", "SIZE", "MB", "LICENCE", "FROM");
    for (DatasetRow row : rows) {
      table.add(row.name(), row.task(), row.size(), row.megabytes(), row.licence(), row.from());
    }
    console.out().print(table.text());
    if (json != null) {
      Json.write(json, rows);
    }
  }

  @Command(mixinStandardHelpOptions = true, description = "Describe one dataset.")
  void info(@Parameters(paramLabel = "NAME") String name) {
    DatasetInfo info = catalog.info(name);
    DatasetRow row = DatasetRow.of(info, catalog.place(name));
    Table table = new Table("NAME", info.name());
    table.add("description", info.description());
    table.add("task", row.task());
    table.add("size", row.size());
    table.add("MB", row.megabytes());
    table.add("licence", info.licence().isEmpty() ? "yours" : info.licence());
    table.add("classes", String.join(", ", info.classNames()));
    table.add("from", row.from());
    for (RemoteFile file : info.origin().download()) {
      String sha256 = file.verified() ? "SHA-256 " + file.sha256() : "SHA-256 not known";
      table.add("file", file.name() + ", " + sha256);
      file.addresses().forEach(address -> table.add("", address.toString()));
    }
    console.out().print(table.text());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Fetch a dataset from its source over the network, checking its SHA-256.")
  void get(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--accept-unverified", description = "Take files whose SHA-256 is not known.")
          boolean acceptUnverified)
      throws IOException {
    boolean changed;
    try (DownloadDisplay display = new DownloadDisplay(console)) {
      changed = catalog.download(name, acceptUnverified, display);
    }
    if (!changed) {
      console.message(name + " is there already, and right");
    }
    console.out().println(catalog.downloads().resolve(name));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Read all the data that a configuration uses and list what is wrong with it.",
        "Exits with 65 if a sample is in several splits, or cannot be used."
      })
  int check(
      @Parameters(index = "0", paramLabel = "CONFIG") Path config,
      @Parameters(index = "1..*", arity = "0..*", paramLabel = "key=value") List<String> overrides,
      @Option(
              names = "--json",
              paramLabel = "FILE",
              description = "Also write everything that was found as JSON.")
          Path json,
      @Option(
              names = "--html",
              paramLabel = "FILE",
              description = "Also write a page that shows the samples.")
          Path html,
      @Option(
              names = "--allow-leakage",
              description = "Exit with 0 although samples are in several splits.")
          boolean leakageAllowed,
      @Mixin PluginOptions plugins)
      throws IOException {
    List<String> given = overrides == null ? List.of() : overrides;
    DataSpec data = SpecFile.read(config, given, plugins.models()).data();
    Audit audit = DataCheck.of(data, Path.of(""));
    new AuditDisplay(console).show(audit);
    if (json != null) {
      Json.write(json, audit);
    }
    if (html != null) {
      OutputFile.replace(html, AuditPage.html(config.toString(), audit));
    }
    return exitCode(audit, leakageAllowed || data.allowLeakage()).number();
  }

  private static ExitCode exitCode(Audit audit, boolean leakageAllowed) {
    return audit.findings().stream()
            .map(Finding::kind)
            .filter(kind -> !(leakageAllowed && kind.leakage()))
            .anyMatch(kind -> kind.severity() == Severity.ERROR)
        ? ExitCode.BAD_FILE
        : ExitCode.SUCCESS;
  }
}
