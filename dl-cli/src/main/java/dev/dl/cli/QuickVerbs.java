package dev.dl.cli;

import dev.dl.cli.command.Dl;
import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the verbs that must answer at once, so that the launcher can archive the classes that they
 * load. The one argument is a configuration; with the mistakes made here nothing is trained.
 */
public final class QuickVerbs {

  private QuickVerbs() {}

  /** Runs each verb, printing nothing; how they end does not matter. */
  public static void main(String[] arguments) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Dl dl = new Dl(new StandardRunServices(), new Console(nowhere, nowhere, Terminal.NONE));
    for (List<String> verb :
        List.of(
            List.of("--help"),
            List.of("models"),
            List.of("trian"),
            List.of("data", "list"),
            List.of("weights", arguments[0]),
            List.of("config", arguments[0]),
            List.of("train", arguments[0], "training.epochs=-1", "trainig.epochs=1"))) {
      dl.run(verb.toArray(String[]::new));
    }
  }
}
