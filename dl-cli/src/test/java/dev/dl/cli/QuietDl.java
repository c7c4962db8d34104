package dev.dl.cli;

import dev.dl.cli.command.Dl;
import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The command line in this process, for tests that want what it leaves and not what it says. */
public final class QuietDl {
  private QuietDl() {}

  /** Runs one verb; returns the exit code. */
  public static int run(String... words) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Dl(new StandardRunServices(), new Console(nowhere, nowhere, Terminal.NONE))
        .run(words);
  }
}
