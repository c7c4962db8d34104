package dev.dl.training.loop;

import java.util.Optional;

/**
 * Something that watches a run and may end it. Called on the training thread, in the order of the
 * list.
 */
public interface Callback {

  /** After each optimizer update; a reason ends the run after this step. */
  default Optional<StopReason> afterStep(StepResult result) {
    return Optional.empty();
  }

  /** Before each batch of an evaluation; a reason ends it and the run, to be resumed there. */
  default Optional<StopReason> duringEvaluation() {
    return Optional.empty();
  }

  /** After each epoch and its evaluation; a reason ends the run. */
  default Optional<StopReason> afterEpoch(EpochResult result) {
    return Optional.empty();
  }
}
