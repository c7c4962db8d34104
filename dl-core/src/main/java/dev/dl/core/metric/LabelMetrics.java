package dev.dl.core.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers what a network says of samples that may have any number of labels. A label is given if
 * its logit is above 0.
 *
 * <p>{@code accuracy} is the share of samples all of whose labels are right, {@code microF1} the F1
 * over all decisions, {@code macroF1} the mean F1 of the labels that occur or are given; {@code
 * loss} is the mean binary cross-entropy in nats.
 */
public final class LabelMetrics implements Metrics {
  private final int labels;
  private final long[] right;
  private final long[] given;
  private final long[] occurring;
  private long samples;
  private long exact;
  private double lossSum;

  /** Starts with nothing gathered. */
  public LabelMetrics(int labels) {
    this.labels = labels;
    this.right = new long[labels];
    this.given = new long[labels];
    this.occurring = new long[labels];
  }

  @Override
  public void add(float[] outputs, float[] targets, int[] numbers) {
    for (int sample = 0; sample < numbers.length; sample++) {
      boolean all = true;
      for (int label = 0; label < labels; label++) {
        double logit = outputs[sample * labels + label];
        boolean wanted = targets[sample * labels + label] > 0.5;
        boolean said = logit > 0;
        lossSum +=
            Math.max(logit, 0) - (wanted ? logit : 0) + Math.log1p(Math.exp(-Math.abs(logit)));
        occurring[label] += wanted ? 1 : 0;
        given[label] += said ? 1 : 0;
        right[label] += wanted && said ? 1 : 0;
        all &= wanted == said && !Double.isNaN(logit);
      }
      samples++;
      exact += all ? 1 : 0;
    }
  }

  @Override
  public Evaluation result() {
    long allRight = 0;
    long allDecided = 0;
    double sum = 0;
    int counted = 0;
    for (int label = 0; label < labels; label++) {
      long decided = given[label] + occurring[label];
      allRight += right[label];
      allDecided += decided;
      sum += decided == 0 ? 0 : 2.0 * right[label] / decided;
      counted += decided == 0 ? 0 : 1;
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("microF1", 2.0 * allRight / allDecided);
    metrics.put("accuracy", (double) exact / samples);
    metrics.put("loss", lossSum / ((double) samples * labels));
    metrics.put("macroF1", sum / counted);
    return new NumberEvaluation(samples, metrics);
  }
}
