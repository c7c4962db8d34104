package dev.dl.training.spec;

import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * When to save, and what to keep beside the last and the best.
 *
 * @param everyEpochs epochs between checkpoints
 * @param everySteps steps between checkpoints inside an epoch; {@code null}: only at the end of
 *     epochs
 * @param keep how many of the newest checkpoints stay; the best one always does
 */
public record CheckpointSpec(
    @Default("1") @Minimum(1) int everyEpochs,
    @Default("null") @Minimum(1) Integer everySteps,
    @Default("2") @Minimum(1) int keep) {

  /** Whether the intervals ask for a checkpoint after so many epochs. */
  public boolean isDueAfterEpoch(int epochs) {
    return epochs % everyEpochs == 0;
  }

  /** Whether the intervals ask for a checkpoint inside an epoch after so many steps. */
  public boolean isDueAfterStep(long steps) {
    return everySteps != null && steps % everySteps == 0;
  }
}
