package dev.dl.cli;

import dev.dl.cli.command.Dl;
import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs the verbs of a file, one a line, in one process. Prints for each its exit code, how many
 * lines it said, the first of them, and the milliseconds of the processor, which others cannot
 * lengthen as they can those of the clock.
 */
public final class ManyVerbs {
  private ManyVerbs() {}

  /** Runs the verbs of the file that the one argument names. */
  public static void main(String[] arguments) throws Exception {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
      Dl dl = new Dl(new StandardRunServices(), new Console(nowhere, err, Terminal.NONE));
      long start = threads.getCurrentThreadCpuTime();
      int code = dl.run(line.split(" "));
      long milliseconds = TimeUnit.NANOSECONDS.toMillis(threads.getCurrentThreadCpuTime() - start);
      String text = said.toString(StandardCharsets.UTF_8);
      String first = text.lines().findFirst().orElse("").replace('\t', ' ');
      System.out.printf("%d\t%d\t%s\t%d%n", code, text.lines().count(), first, milliseconds);
    }
  }
}
