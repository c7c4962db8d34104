package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what a run has learnt for other programs. */
@Command(mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  private final RunServices services;
  private final Console console;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run directory.")
  private Path run;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = {
        "Write the best weights as safetensors, named and laid out as PyTorch and Hugging Face",
        "have them; replaces a file that is there."
      })
  private Path weights;

  @Mixin private PluginOptions plugins;

  ExportCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    OutputFile.replace(weights, services.weights(run, plugins.models()));
    console.out().println(weights);
    return ExitCode.SUCCESS.number();
  }
}
