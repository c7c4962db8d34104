package dev.dl.core.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers how well a language model tells the next token.
 *
 * <p>{@code loss} is the mean cross-entropy of a token in nats, {@code perplexity} its exponential,
 * {@code accuracy} the share of tokens that were thought most likely.
 */
public final class TokenMetrics implements Metrics {
  private final int vocabulary;
  private long samples;
  private long tokens;
  private long correct;
  private double lossSum;

  /** Starts with nothing gathered. */
  public TokenMetrics(int vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public void add(float[] outputs, float[] targets, int[] numbers) {
    samples += numbers.length;
    for (int t = 0; t < targets.length; t++) {
      int token = (int) targets[t];
      if (token >= 0) {
        add(outputs, t * vocabulary, token);
      }
    }
  }

  private void add(float[] logits, int row, int token) {
    double largest = Double.NEGATIVE_INFINITY;
    int likeliest = 0;
    for (int i = 0; i < vocabulary; i++) {
      if (logits[row + i] > largest) {
        largest = logits[row + i];
        likeliest = i;
      }
    }
    double sum = 0;
    for (int i = 0; i < vocabulary; i++) {
      sum += Math.exp(logits[row + i] - largest);
    }
    lossSum += largest + Math.log(sum) - logits[row + token];
    tokens++;
    correct += likeliest == token ? 1 : 0;
  }

  @Override
  public Evaluation result() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("loss", lossSum / tokens);
    metrics.put("accuracy", (double) correct / tokens);
    metrics.put("perplexity", Math.exp(lossSum / tokens));
    return new NumberEvaluation(samples, metrics);
  }
}
