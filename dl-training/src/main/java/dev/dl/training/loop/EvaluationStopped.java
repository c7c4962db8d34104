package dev.dl.training.loop;

/** Thrown out of an evaluation when a callback asks the run to stop; nothing was measured. */
public final class EvaluationStopped extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final StopReason reason;

  private EvaluationStopped(StopReason reason) {
    super("evaluation stopped: " + reason.label(), null, false, false);
    this.reason = reason;
  }

  /** Asks a callback whether the evaluation may go on. */
  public static void ask(Callback callback) {
    callback
        .duringEvaluation()
        .ifPresent(
            reason -> {
              throw new EvaluationStopped(reason);
            });
  }

  /** Why the run is to end. */
  public StopReason reason() {
    return reason;
  }
}
