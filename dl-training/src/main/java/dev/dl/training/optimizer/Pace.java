package dev.dl.training.optimizer;

/**
 * How fast a parameter is trained, and from when on.
 *
 * @param rate what the learning rate is multiplied by
 * @param start steps of the run during which it stays as it is
 */
public record Pace(double rate, long start) {
  public static final Pace FULL = new Pace(1, 0);

  /** Of what is never trained. */
  public static final Pace FROZEN = new Pace(0, Long.MAX_VALUE);

  /** Whether it stays as it is in the step after so many. */
  public boolean waits(long completedSteps) {
    return completedSteps < start;
  }
}
