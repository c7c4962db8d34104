package dev.dl.core.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers how well vectors find those that they belong with. Each first vector of a pair looks
 * among the second ones of its group: {@value #GROUP} pairs in a row of the split, or all of a
 * smaller one.
 *
 * <p>{@code recallAt1} is the share of those whose own is the closest, {@code mrr} the mean of one
 * over the rank of their own, {@code loss} the contrastive loss within groups, in nats. Where
 * several are as close, each is as likely to come first, so that equal vectors find nothing.
 */
public final class MatchMetrics implements Metrics {
  static final int GROUP = 1000;

  private final double scale;
  private float[] group = {};
  private int gathered;
  private int pairLength;
  private long samples;
  private double found;
  private double reciprocalRanks;
  private double losses;

  /**
   * Starts with nothing gathered.
   *
   * @param scale of the contrastive loss
   */
  public MatchMetrics(double scale) {
    this.scale = scale;
  }

  @Override
  public void add(float[] outputs, float[] targets, int[] numbers) {
    pairLength = outputs.length / numbers.length;
    for (int i = 0; i < numbers.length; i++) {
      int start = gathered * pairLength;
      if (start == group.length) {
        group = Arrays.copyOf(group, Math.min(2 * start + pairLength, GROUP * pairLength));
      }
      System.arraycopy(outputs, i * pairLength, group, start, pairLength);
      gathered++;
      if (gathered == GROUP) {
        compare();
      }
    }
  }

  /** Has each first vector of the group look for its own, and begins a new group. */
  private void compare() {
    int features = pairLength / 2;
    double[] scores = new double[gathered];
    for (int i = 0; i < gathered; i++) {
      for (int j = 0; j < gathered; j++) {
        scores[j] = product(i * pairLength, j * pairLength + features, features);
      }
      rank(scores, i);
    }
    samples += gathered;
    gathered = 0;
  }

  private void rank(double[] scores, int own) {
    int ahead = 0;
    int equal = 0;
    double total = 0;
    for (int j = 0; j < scores.length; j++) {
      if (j != own) {
        equal += scores[j] == scores[own] ? 1 : 0;
        ahead += scores[j] < scores[own] || scores[j] == scores[own] ? 0 : 1;
      }
      total += Math.exp(scale * (scores[j] - scores[own]));
    }
    found += ahead == 0 ? 1.0 / (1 + equal) : 0;
    reciprocalRanks += 1 / (1 + ahead + equal / 2.0);
    losses += Math.log(total);
  }

  private double product(int first, int second, int features) {
    double sum = 0;
    for (int i = 0; i < features; i++) {
      sum += (double) group[first + i] * group[second + i];
    }
    return sum;
  }

  @Override
  public Evaluation result() {
    if (gathered > 0) {
      compare();
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("mrr", reciprocalRanks / samples);
    metrics.put("recallAt1", found / samples);
    metrics.put("loss", losses / samples);
    return new NumberEvaluation(samples, metrics);
  }
}
