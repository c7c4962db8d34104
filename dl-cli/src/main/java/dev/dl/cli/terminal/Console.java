package dev.dl.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a verb writes.
 *
 * @param out for results
 * @param err for messages and progress
 * @param terminal what {@code err} can do
 */
public record Console(PrintStream out, PrintStream err, Terminal terminal) {

  /** The console of this process. */
  public static Console system() {
    return new Console(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        Terminal.detect(System.getenv(), System.getProperties()));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** One message on standard error, in place of a progress line that may stand there. */
  public void message(String text) {
    err.print((terminal.interactive() ? "\r\u001B[K" : "") + "dl: " + Printable.of(text) + "\n");
    err.flush();
  }
}
