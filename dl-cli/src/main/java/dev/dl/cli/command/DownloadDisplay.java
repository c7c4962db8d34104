package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.core.data.DownloadProgress;
import java.util.Locale;

/** Shows how a download goes: on a terminal one line that is redrawn, elsewhere a line a file. */
final class DownloadDisplay implements DownloadProgress, AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001B[K";

  private final Console console;
  private String file = "";

  DownloadDisplay(Console console) {
    this.console = console;
  }

  @Override
  public void received(String name, long bytes, long total) {
    if (console.terminal().interactive()) {
      String of = total < 0 ? "" : String.format(Locale.ROOT, " of %.1f", total / 1e6);
      console.err().printf(Locale.ROOT, "%s%s: %.1f%s MB", CLEAR_LINE, name, bytes / 1e6, of);
      console.err().flush();
    } else if (!name.equals(file)) {
      console.message("fetching " + name);
    }
    file = name;
  }

  @Override
  public void close() {
    if (console.terminal().interactive()) {
      console.err().print(CLEAR_LINE);
      console.err().flush();
    }
  }
}
