package dev.dl.training.loop;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the steps of the running epoch add up to; saved with checkpoints taken inside an epoch. */
final class EpochSums {
  private double loss;
  private double correct;
  private double samples;
  private double seconds;
  private double waitSeconds;

  static EpochSums of(Map<String, Double> saved) {
    EpochSums sums = new EpochSums();
    sums.loss = saved.getOrDefault("loss", 0.0);
    sums.correct = saved.getOrDefault("correct", 0.0);
    sums.samples = saved.getOrDefault("samples", 0.0);
    sums.seconds = saved.getOrDefault("seconds", 0.0);
    sums.waitSeconds = saved.getOrDefault("waitSeconds", 0.0);
    return sums;
  }

  void add(StepResult result) {
    loss += result.loss() * result.samples();
    correct += result.accuracy() * result.samples();
    samples += result.samples();
    seconds += seconds(result.duration());
    waitSeconds += seconds(result.dataWait());
  }

  Map<String, Double> saved() {
    return Map.of(
        "loss",
        loss,
        "correct",
        correct,
        "samples",
        samples,
        "seconds",
        seconds,
        "waitSeconds",
        waitSeconds);
  }

  Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("train.loss", loss / samples);
    metrics.put("train.accuracy", correct / samples);
    return metrics;
  }

  double samplesPerSecond() {
    return samples / seconds;
  }

  double dataWaitShare() {
    return waitSeconds / seconds;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
