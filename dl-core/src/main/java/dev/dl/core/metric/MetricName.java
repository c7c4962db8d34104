package dev.dl.core.metric;

import java.util.Set;

/**
 * What a metric is called in files, and what its name tells.
 *
 * @param split {@code test} of {@code test.accuracy}
 * @param metric {@code accuracy}
 */
public record MetricName(String split, String metric) {
  private static final Set<String> LESS_IS_BETTER = Set.of("loss", "rmse", "mae", "perplexity");
  private static final Set<String> SHARES =
      Set.of(
          "accuracy",
          "topKAccuracy",
          "macroF1",
          "microF1",
          "f1",
          "precision",
          "recall",
          "meanIoU",
          "dice",
          "recallAt1");

  /** Of a name with its split; one without is of the split {@code ""}. */
  public static MetricName of(String name) {
    int dot = name.indexOf('.');
    return new MetricName(name.substring(0, Math.max(dot, 0)), name.substring(dot + 1));
  }

  /** Of all other metrics, more is better. */
  public boolean lessIsBetter() {
    return LESS_IS_BETTER.contains(metric);
  }

  /** Whether it is a share from 0 to 1, which people read in percent. */
  public boolean isShare() {
    return SHARES.contains(metric);
  }

  @Override
  public String toString() {
    return split + "." + metric;
  }
}
