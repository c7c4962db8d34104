package dev.dl.training.checkpoint;

import java.util.Objects;

/**
 * The content of {@code state.json}.
 *
 * @param formatVersion of the whole checkpoint; {@link #FORMAT_VERSION} is what is written now
 * @param best whether this checkpoint was the best one when it was saved
 */
record StateFile(int formatVersion, boolean best, TrainingState state) {
  static final int FORMAT_VERSION = 1;

  StateFile {
    Objects.requireNonNull(state, "state");
  }
}
