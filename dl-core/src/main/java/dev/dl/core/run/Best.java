package dev.dl.core.run;

import java.util.Map;
import java.util.Objects;

/**
 * The best epoch of a run.
 *
 * @param epoch counted from 1
 * @param step updates until its end
 * @param metrics at its end, by name: {@code validation.accuracy}
 */
public record Best(int epoch, long step, Map<String, Double> metrics) {

  public Best {
    metrics.values().forEach(Objects::requireNonNull);
  }
}
