package dev.dl.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** One line about something long: redrawn on a terminal, elsewhere printed now and then. */
public final class StatusLine {
  private static final long REDRAW_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long PLAIN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final String CLEAR_LINE = "\r\u001B[K";

  private final PrintStream out;
  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private long lastShown;
  private boolean drawn;

  /**
   * @param nanoTime a monotonic clock
   */
  StatusLine(PrintStream out, Terminal terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.lastShown = nanoTime.getAsLong();
  }

  /** On the console's standard error. */
  public static StatusLine on(Console console) {
    return new StatusLine(console.err(), console.terminal(), System::nanoTime);
  }

  /** Whether it is time to show it again. */
  public boolean isDue() {
    long interval = terminal.interactive() ? REDRAW_NANOS : PLAIN_NANOS;
    return nanoTime.getAsLong() - lastShown >= interval;
  }

  /**
   * Shows it.
   *
   * @param fields the most important first; those that have no room are left out
   */
  public void show(List<String> fields) {
    lastShown = nanoTime.getAsLong();
    List<String> said = fields.stream().filter(field -> !field.isEmpty()).toList();
    if (!terminal.interactive()) {
      out.print(joined(said) + "\n");
    } else {
      int shown = said.size();
      // One column stays free: a full line would make some terminals scroll.
      while (shown > 1 && joined(said.subList(0, shown)).length() >= terminal.width()) {
        shown--;
      }
      out.print(CLEAR_LINE + joined(said.subList(0, shown)));
      drawn = true;
    }
    out.flush();
  }

  /** Leaves the cursor on a line of its own. */
  public void clear() {
    if (drawn) {
      out.print(CLEAR_LINE);
      out.flush();
      drawn = false;
    }
  }

  private static String joined(List<String> fields) {
    return fields.stream().map(Printable::of).collect(Collectors.joining("  "));
  }
}
