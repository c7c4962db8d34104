package dev.dl.training.loop;

import dev.dl.core.metric.MetricName;
import dev.dl.training.spec.EarlyStoppingSpec;
import dev.dl.training.spec.EarlyStoppingSpec.Mode;
import dev.dl.training.spec.ScheduleKind;
import dev.dl.training.spec.ScheduleSpec;

/**
 * Which epoch is best, and when it is time to look for a better one more slowly, or no longer.
 *
 * @param metric {@code validation.accuracy}
 * @param mode whether more or less of it is better
 * @param minimumChange smaller improvements do not count
 * @param patience epochs without improvement before the run stops
 * @param plateau epochs without improvement, since the best or the plateau before, that are one
 */
public record Selection(String metric, Mode mode, double minimumChange, int patience, int plateau) {
  /**
   * The selection that a spec asks for; without early stopping, the best epoch by the usual metric.
   *
   * @param spec of early stopping; may be null
   * @param usual metric for such data
   */
  public static Selection of(
      EarlyStoppingSpec spec, ScheduleSpec schedule, String usual, Mode usualMode) {
    int plateau = schedule.name() == ScheduleKind.PLATEAU ? schedule.patience() : Integer.MAX_VALUE;
    if (spec == null) {
      return new Selection(usual, usualMode, 0, Integer.MAX_VALUE, plateau);
    }
    String metric = spec.metric() == null ? usual : spec.metric();
    return new Selection(
        metric,
        spec.mode() == null ? mode(metric, usual, usualMode) : spec.mode(),
        spec.minimumChange(),
        spec.patience(),
        plateau);
  }

  private static Mode mode(String metric, String usual, Mode usualMode) {
    if (metric.equals(usual)) {
      return usualMode;
    }
    return MetricName.of(metric).lessIsBetter() ? Mode.MIN : Mode.MAX;
  }

  /** Whether {@code value} is better than the best so far; NaN never is. */
  public boolean improves(double value, double best) {
    return mode == Mode.MAX ? value > best + minimumChange : value < best - minimumChange;
  }

  /** Whether any finite first value counts as best. */
  public double worst() {
    return mode == Mode.MAX ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Whether so many epochs without improvement, the last of them just now, end at a plateau. */
  public boolean plateauAfter(int badEpochs) {
    return badEpochs > 0 && badEpochs % plateau == 0;
  }

  /** Whether so many epochs without improvement end the run. */
  public boolean exhausted(int badEpochs) {
    return badEpochs >= patience;
  }
}
