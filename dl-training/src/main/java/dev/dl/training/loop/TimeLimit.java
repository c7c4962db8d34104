package dev.dl.training.loop;

import java.time.Duration;
import java.util.Optional;

/** Ends a run that has trained for long enough, over all of its parts. */
public final class TimeLimit implements Callback {
  private final long limitNanos;
  private final long startNanos = System.nanoTime();

  /**
   * @param limit for the whole run
   * @param spent by the run before it was resumed
   */
  public TimeLimit(Duration limit, Duration spent) {
    this.limitNanos = limit.minus(spent).toNanos();
  }

  @Override
  public Optional<StopReason> afterStep(StepResult result) {
    return reached();
  }

  @Override
  public Optional<StopReason> afterEpoch(EpochResult result) {
    return reached();
  }

  private Optional<StopReason> reached() {
    return System.nanoTime() - startNanos >= limitNanos
        ? Optional.of(StopReason.TIME_LIMIT)
        : Optional.empty();
  }
}
