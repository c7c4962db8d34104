package dev.dl.core.kernel;

/**
 * A loss over a batch.
 *
 * @param sum of the losses of all rows that have a target
 * @param correct rows whose outputs say what their target says, as {@link Loss} has it
 * @param counted rows that have a target
 */
public record LossResult(double sum, int correct, int counted) {
  public static final LossResult NOTHING = new LossResult(0, 0, 0);

  /** Both batches as one. */
  public LossResult plus(LossResult other) {
    return new LossResult(sum + other.sum, correct + other.correct, counted + other.counted);
  }
}
