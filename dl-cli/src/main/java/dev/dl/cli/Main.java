package dev.dl.cli;

import dev.dl.cli.command.Dl;
import dev.dl.cli.terminal.Console;

/** Where the process starts. */
public final class Main {

  private Main() {}

  /** Runs one verb and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new Dl(new StandardRunServices(), Console.system()).run(arguments));
  }
}
