package dev.dl.training.spec;

import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import dev.dl.core.config.Shorthand;

/**
 * What to do when the loss or the gradient of a step is not finite. The update is never made.
 *
 * @param action {@code stop}, {@code skip} or {@code rollback}
 * @param atMost how often a run may go on so, before it stops all the same
 */
@Shorthand
public record NonFiniteSpec(@Default("stop") Action action, @Default("3") @Minimum(1) int atMost) {

  /** How a run goes on. */
  public enum Action {
    /** Not at all: it ends, saved as it was before the step. */
    STOP,

    /**
     * With the next batch; samples that are not finite by themselves are passed over from then on.
     */
    SKIP,

    /**
     * From the last checkpoint: without the samples that are not finite by themselves; if there are
     * none, the weights had gone astray before, and all batches since then are passed over.
     */
    ROLLBACK
  }

  /** Whether it goes on after this many such steps. */
  public boolean goesOn(int times) {
    return action != Action.STOP && times <= atMost;
  }
}
