package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Durations;
import dev.dl.cli.terminal.StatusLine;
import dev.dl.core.run.Summary;
import dev.dl.training.study.Cell;
import dev.dl.training.study.CellProgress;
import dev.dl.training.study.CellState;
import dev.dl.training.study.CellTrainer;
import dev.dl.training.study.Cells;
import dev.dl.training.study.TimeLeft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Cells that are trained, as the terminal shows it: one line over all, and one for each that ends.
 */
final class WatchedCells implements Cells.Watch {
  private final Console console;
  private final boolean quiet;
  private final Cells cells;
  private final TimeLeft timeLeft;
  private final StopSignals signals;
  private final Ended ended;
  private final StatusLine line;
  private Cell current;
  private long firstStep;
  private long beganNanos;

  /** Told when a cell has ended. */
  @FunctionalInterface
  interface Ended {
    void run() throws IOException;
  }

  WatchedCells(
      Console console,
      boolean quiet,
      Cells cells,
      TimeLeft timeLeft,
      StopSignals signals,
      Ended ended) {
    this.console = console;
    this.quiet = quiet;
    this.cells = cells;
    this.timeLeft = timeLeft;
    this.signals = signals;
    this.ended = ended;
    this.line = StatusLine.on(console);
  }

  @Override
  public boolean stops() {
    if (!quiet && line.isDue()) {
      try {
        line.show(fields());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return signals.received().isPresent();
  }

  @Override
  public void begins(Cell cell) throws IOException {
    current = cell;
    firstStep = step(cell);
    beganNanos = System.nanoTime();
  }

  @Override
  public void ends(Cell cell, CellTrainer.Result result) throws IOException {
    current = null;
    line.clear();
    CellState state = cell.state();
    if (!state.ended()) {
      return;
    }
    ended.run();
    if (quiet) {
      return;
    }
    String found = state == CellState.DONE ? result(cell.files().readSummary()) : state.label();
    console
        .err()
        .printf(
            Locale.ROOT, "%s  %s  %s%n", done() + "/" + cells.cells().size(), cell.name(), found);
  }

  /** The most important first. */
  private List<String> fields() throws IOException {
    String done = done() + "/" + cells.cells().size() + " runs";
    if (current == null) {
      return List.of(done, "waiting for other processes");
    }
    Optional<CellProgress> progress = CellProgress.of(current.files());
    long steps = timeLeft.steps(current);
    long step = progress.map(CellProgress::step).orElse(0L);
    Duration since = Duration.ofNanos(System.nanoTime() - beganNanos);
    return List.of(
        done,
        current.name(),
        timeLeft
            .estimate(current, firstStep, since)
            .map(left -> Durations.clock(left) + " left")
            .orElse(""),
        "step " + step + "/" + steps,
        progress
            .filter(at -> !Double.isNaN(at.loss()))
            .map(at -> String.format(Locale.ROOT, "loss %.4f", at.loss()))
            .orElse(""));
  }

  private int done() throws IOException {
    return cells.cells().size() - cells.open().size();
  }

  private static String result(Summary summary) {
    Map<String, Double> metrics = summary.test().isEmpty() ? summary.validation() : summary.test();
    String split = summary.test().isEmpty() ? "validation" : "test";
    Duration time = Duration.ofMillis(Math.round(1000 * summary.wallSeconds()));
    return metrics.entrySet().stream()
            .findFirst()
            .map(
                metric ->
                    String.format(
                        Locale.ROOT, "%s.%s %.4f  ", split, metric.getKey(), metric.getValue()))
            .orElse("")
        + Durations.clock(time);
  }

  private static long step(Cell cell) throws IOException {
    return CellProgress.of(cell.files()).map(CellProgress::step).orElse(0L);
  }
}
