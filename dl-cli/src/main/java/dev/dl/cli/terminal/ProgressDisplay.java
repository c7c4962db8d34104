package dev.dl.cli.terminal;

import dev.dl.training.loop.Callback;
import dev.dl.training.loop.EpochResult;
import dev.dl.training.loop.StepResult;
import dev.dl.training.loop.StopReason;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Shows how a training goes: on a terminal one line that is redrawn, elsewhere a line now and then;
 * and a table with a row for each epoch.
 */
public final class ProgressDisplay implements Callback, AutoCloseable {
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
  private static final long PLAIN_NANOS = Duration.ofSeconds(10).toNanos();
  private static final String CLEAR_LINE = "\r\u001B[K";

  private static final int LINES_WRITTEN = 6;

  private final PrintStream out;
  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private final ProgressLine line;
  private final EpochTable table;
  private final Pace pace;
  private long lastShown;
  private boolean drawn;

  /**
   * @param epochs of the run
   * @param nanoTime a monotonic clock
   */
  ProgressDisplay(PrintStream out, Terminal terminal, int epochs, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.line = new ProgressLine(terminal, epochs);
    this.table = new EpochTable(terminal);
    this.pace = new Pace(epochs);
    this.lastShown = nanoTime.getAsLong();
  }

  /** A display of a run of so many epochs on the console's standard error. */
  public static ProgressDisplay on(Console console, int epochs) {
    return new ProgressDisplay(console.err(), console.terminal(), epochs, System::nanoTime);
  }

  @Override
  public Optional<StopReason> afterStep(StepResult step) {
    pace.add(step);
    long now = nanoTime.getAsLong();
    if (now - lastShown >= (terminal.interactive() ? REDRAW_NANOS : PLAIN_NANOS)) {
      lastShown = now;
      show(line.text(step, pace));
    }
    return Optional.empty();
  }

  @Override
  public Optional<StopReason> afterEpoch(EpochResult epoch) {
    pace.add(epoch);
    clear();
    out.print(table.rows(epoch));
    epoch.writing().ifPresent(text -> out.print(writing(text)));
    out.flush();
    return Optional.empty();
  }

  /** Some lines of what a language model wrote, indented. */
  private String writing(String text) {
    Style style = new Style(terminal.color());
    return Printable.lines(text)
        .limit(LINES_WRITTEN)
        .map(line -> "    " + style.faint(line) + "\n")
        .collect(Collectors.joining());
  }

  /** Leaves the cursor on a line of its own. */
  @Override
  public void close() {
    clear();
    out.flush();
  }

  private void show(String text) {
    if (terminal.interactive()) {
      out.print(CLEAR_LINE + text);
      drawn = true;
    } else {
      out.print(text + "\n");
    }
    out.flush();
  }

  private void clear() {
    if (drawn) {
      out.print(CLEAR_LINE);
      drawn = false;
    }
  }
}
