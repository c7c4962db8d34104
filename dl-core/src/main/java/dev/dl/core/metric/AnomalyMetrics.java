package dev.dl.core.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers scores that are to be larger for anomalies.
 *
 * <p>{@code loss} is the mean score of the samples that are not known to be anomalies. {@code auc}
 * is the probability that an anomaly has a larger score than a sample that is known to be none,
 * half of it where both are equal; it is left out where there are not both. Scores are told apart
 * by ten binary digits, in constant memory.
 */
public final class AnomalyMetrics implements Metrics {
  private static final int DROPPED_BITS = 14;
  private static final int BINS = 1 << (Integer.SIZE - 1 - DROPPED_BITS);

  private final long[] anomalies = new long[BINS];
  private final long[] others = new long[BINS];
  private long samples;
  private long counted;
  private double scores;

  @Override
  public void add(float[] outputs, float[] targets, int[] numbers) {
    for (int i = 0; i < targets.length; i++) {
      samples++;
      if (targets[i] > 0) {
        anomalies[bin(outputs[i])]++;
        continue;
      }
      counted++;
      scores += outputs[i];
      if (targets[i] == 0) {
        others[bin(outputs[i])]++;
      }
    }
  }

  /** The first bits of a number that is not negative rise with it; what is no number comes last. */
  private static int bin(float score) {
    return Float.floatToIntBits(Float.isNaN(score) ? score : Math.max(0, score) + 0f)
        >>> DROPPED_BITS;
  }

  @Override
  public Evaluation result() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("loss", scores / counted);
    double below = 0;
    double right = 0;
    long known = 0;
    for (int bin = 0; bin < BINS; bin++) {
      right += anomalies[bin] * (below + others[bin] / 2.0);
      below += others[bin];
      known += anomalies[bin];
    }
    double pairs = known * below;
    if (pairs > 0) {
      metrics.put("auc", right / pairs);
    }
    return new NumberEvaluation(samples, metrics);
  }
}
