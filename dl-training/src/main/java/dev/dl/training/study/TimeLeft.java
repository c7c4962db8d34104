package dev.dl.training.study;

import dev.dl.core.run.Summary;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long a study will take from now on, at the speed of the cells that have ended; of a candidate
 * that has none yet, from the multiply-adds.
 */
public final class TimeLeft {
  private final Cells cells;
  private final Map<String, StudyPlan.Planned> candidates = new HashMap<>();

  public TimeLeft(StudyPlan plan, Cells cells) {
    this.cells = cells;
    plan.candidates().forEach(planned -> candidates.put(planned.candidate().name(), planned));
  }

  /** Seconds and what was done in them. */
  private record Spent(double seconds, double work) {
    static final Spent NOTHING = new Spent(0, 0);

    Spent plus(Spent other) {
      return new Spent(seconds + other.seconds, work + other.work);
    }

    double secondsFor(double amount) {
      return amount * seconds / work;
    }
  }

  /**
   * The time until every cell has ended.
   *
   * @param current the cell that this process trains
   * @param step where it was when this process began with it
   * @param since how long ago that was
   * @return empty while nothing is known of the speed
   */
  public Optional<Duration> estimate(Cell current, long step, Duration since) throws IOException {
    Map<String, Spent> spent = new HashMap<>();
    for (Cell cell : cells.cells()) {
      if (cell.state() == CellState.DONE) {
        Summary summary = cell.files().readSummary();
        add(spent, cell, summary.wallSeconds(), summary.steps());
      }
    }
    long done = stepOf(current) - step;
    if (done > 0) {
      add(spent, current, since.toMillis() / 1000.0, done);
    }
    Spent all = spent.values().stream().reduce(Spent.NOTHING, Spent::plus);
    if (all.work == 0) {
      return Optional.empty();
    }
    double seconds = 0;
    int workers = 0;
    for (Cell cell : cells.open()) {
      double work = work(cell, Math.max(0, steps(cell) - stepOf(cell)));
      seconds += spent.getOrDefault(cell.spec().name(), all).secondsFor(work);
      workers += cell.equals(current) || cell.files().isInUse() ? 1 : 0;
    }
    return Optional.of(Duration.ofMillis(Math.round(1000 * seconds / Math.max(1, workers))));
  }

  /** Updates of a whole cell. */
  public long steps(Cell cell) {
    return cell.spec()
        .training()
        .totalSteps(candidates.get(cell.spec().name()).workload().stepsPerEpoch());
  }

  private void add(Map<String, Spent> spent, Cell cell, double seconds, long steps) {
    spent.merge(cell.spec().name(), new Spent(seconds, work(cell, steps)), Spent::plus);
  }

  private double work(Cell cell, long steps) {
    Workload workload = candidates.get(cell.spec().name()).workload();
    return (double) steps * Math.max(1, workload.multiplyAdds()) * workload.batchSize();
  }

  private static long stepOf(Cell cell) throws IOException {
    return CellProgress.of(cell.files()).map(CellProgress::step).orElse(0L);
  }
}
