package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Trains a network. */
@Command(name = "train", mixinStandardHelpOptions = true, description = "Train a network.")
final class TrainCommand implements Callable<Integer> {

  TrainCommand(Services services, Console console) {}

  @Override
  public Integer call() {
    return ExitCode.SUCCESS.number();
  }
}
