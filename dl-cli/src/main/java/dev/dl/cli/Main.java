package dev.dl.cli;

import dev.dl.cli.command.Dl;
import dev.dl.cli.terminal.Console;
import java.util.Locale;

/** Where the process starts. */
public final class Main {

  private Main() {}

  /**
   * Runs one verb and exits with its code. The user's language decides nothing: libraries, which
   * format numbers and fold letters by the default, do so alike everywhere.
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new Dl(new StandardRunServices(), Console.system()).run(arguments));
  }
}
