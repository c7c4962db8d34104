package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.core.backend.Backend;
import dev.dl.core.config.ConfigWriter;
import dev.dl.models.KnownModels;
import dev.dl.training.memory.MemoryDemand;
import dev.dl.training.memory.MemoryEstimate;
import dev.dl.training.memory.MemoryLimit;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Prints a spec with every default filled in, which is itself a configuration; or the memory that
 * its training would take.
 */
@Command(mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
  private final RunServices services;
  private final Console console;

  @Mixin private SpecOptions options;

  @Option(
      names = "--estimate",
      description = "Print the memory for tensors that training would take; reads the data.")
  private boolean estimate;

  ConfigCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    KnownModels models = options.models();
    RunSpec spec = options.spec(models);
    console.out().print(estimate ? memory(spec, models) : ConfigWriter.yaml(spec));
    return ExitCode.SUCCESS.number();
  }

  private String memory(RunSpec spec, KnownModels models) throws IOException {
    MemoryDemand demand = services.memory(spec, models, Backend.select(spec.backend()));
    MemoryEstimate estimate = demand.at(spec.training().samplesAtOnce());
    if (MemoryLimit.exceeds(estimate)) {
      console.message(MemoryLimit.remedy(demand));
    }
    Table table = new Table("memory for " + estimate.samplesAtOnce() + " samples at once", "MB");
    table.add("parameters", megabytes(estimate.parameters()));
    table.add("gradients", megabytes(estimate.gradients()));
    table.add("optimizer", megabytes(estimate.optimizer()));
    table.add("activations", megabytes(estimate.activations()));
    table.add("workspace", megabytes(estimate.workspace()));
    table.add("total", megabytes(estimate.total()));
    return table.text();
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }
}
