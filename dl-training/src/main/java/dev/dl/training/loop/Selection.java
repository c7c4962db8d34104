package dev.dl.training.loop;

import dev.dl.training.spec.EarlyStoppingSpec;
import dev.dl.training.spec.EarlyStoppingSpec.Mode;

/**
 * Which epoch is best, and when it is time to stop looking for a better one.
 *
 * @param metric {@code validation.accuracy}
 * @param mode whether more or less of it is better
 * @param minimumChange smaller improvements do not count
 * @param patience epochs without improvement before the run stops
 */
public record Selection(String metric, Mode mode, double minimumChange, int patience) {

  /**
   * The selection that a spec asks for; without early stopping, the best epoch by the usual metric.
   */
  public static Selection of(EarlyStoppingSpec spec, boolean hasValidation) {
    if (spec != null) {
      return new Selection(spec.metric(), spec.mode(), spec.minimumChange(), spec.patience());
    }
    return hasValidation
        ? new Selection("validation.accuracy", Mode.MAX, 0, Integer.MAX_VALUE)
        : new Selection("train.loss", Mode.MIN, 0, Integer.MAX_VALUE);
  }

  /** Whether {@code value} is better than the best so far; NaN never is. */
  public boolean improves(double value, double best) {
    return mode == Mode.MAX ? value > best + minimumChange : value < best - minimumChange;
  }

  /** Whether any finite first value counts as best. */
  public double worst() {
    return mode == Mode.MAX ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Whether so many epochs without improvement end the run. */
  public boolean exhausted(int badEpochs) {
    return badEpochs >= patience;
  }
}
