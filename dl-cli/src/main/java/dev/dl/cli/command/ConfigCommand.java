package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.core.config.ConfigWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a spec with every default filled in; what it prints is itself a configuration. */
@Command(mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "CONFIG", description = "The run's YAML file.")
  private Path config;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Settings that replace those of the file: training.epochs=20")
  private List<String> overrides = List.of();

  @Mixin private PluginOptions plugins;

  ConfigCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    console.out().print(ConfigWriter.yaml(SpecFile.read(config, overrides, plugins.models())));
    return ExitCode.SUCCESS.number();
  }
}
