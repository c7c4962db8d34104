package dev.dl.core.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers the errors of predicted numbers, in their own unit.
 *
 * <p>{@code rmse} is the root of the mean squared error, {@code mae} the mean absolute error,
 * {@code r2} the share of the variance that is explained; {@code loss} is the mean squared error in
 * units of the training targets' deviation. All are NaN where there are no samples.
 */
public final class ValueMetrics implements Metrics {
  private final double deviation;
  private long samples;
  private double squares;
  private double sizes;
  private double targetMean;
  private double targetSquares;

  /**
   * Starts with nothing gathered.
   *
   * @param deviation of the training targets, which is their unit
   */
  public ValueMetrics(double deviation) {
    this.deviation = deviation;
  }

  @Override
  public void add(float[] outputs, float[] targets, int[] numbers) {
    for (int i = 0; i < targets.length; i++) {
      double error = (double) outputs[i] - targets[i];
      squares += error * error;
      sizes += Math.abs(error);
      samples++;
      double difference = targets[i] - targetMean;
      targetMean += difference / samples;
      targetSquares += difference * (targets[i] - targetMean);
    }
  }

  @Override
  public Evaluation result() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("rmse", deviation * Math.sqrt(squares / samples));
    metrics.put("loss", squares / samples);
    metrics.put("mae", deviation * sizes / samples);
    metrics.put("r2", 1 - squares / targetSquares);
    return new NumberEvaluation(samples, metrics);
  }
}
