package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what this machine offers, and what to do about what it lacks. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Report backend, CPU, CUDA, memory and threads, and what to fix.")
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the report as JSON.")
  private Path json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return ExitCode.SUCCESS.number();
  }
}
