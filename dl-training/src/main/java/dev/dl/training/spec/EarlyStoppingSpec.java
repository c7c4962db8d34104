package dev.dl.training.spec;

import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * When a run has stopped improving. The same metric decides which checkpoint is best.
 *
 * @param metric such as {@code validation.accuracy}; {@code null}: the usual one for such data
 * @param mode whether more or less of it is better; {@code null}: as usual for that metric
 * @param patience epochs without improvement before the run stops
 * @param minimumChange improvements smaller than this do not count
 */
public record EarlyStoppingSpec(
    @Default("null") String metric,
    @Default("null") Mode mode,
    @Default("5") @Minimum(1) int patience,
    @Default("0") @Minimum(0) double minimumChange) {

  /** Which direction is an improvement. */
  public enum Mode {
    MAX,
    MIN
  }
}
