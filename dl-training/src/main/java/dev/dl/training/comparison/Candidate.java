package dev.dl.training.comparison;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs that differ in their seed only.
 *
 * @param name by what it differs from the others, mostly the model's
 * @param settings in which the candidates differ, with what they are here: {@code model.name}
 * @param runs that were counted, by seed
 * @param spread of the metric over the runs
 * @param metrics the mean of each, with the name of its split
 * @param costs of a run
 * @param difference from the baseline; {@code null} for the baseline, and where none can be had
 * @param verdict one plain sentence
 */
public record Candidate(
    String name,
    Map<String, String> settings,
    List<Result> runs,
    Spread spread,
    Map<String, Double> metrics,
    Costs costs,
    Difference difference,
    String verdict) {

  public Candidate {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    runs = List.copyOf(runs);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * What one run came to.
   *
   * @param run its directory as it was given
   * @param value of the metric
   */
  public record Result(String run, long seed, double value) {}

  /**
   * How a metric varies over seeds.
   *
   * @param mean of the runs
   * @param deviation of the sample; {@code null} of one run, as the next two
   * @param interval for the mean
   * @param bootstrap the same by resampling, {@code null} where it is {@code interval} already
   */
  public record Spread(double mean, Double deviation, Interval interval, Interval bootstrap) {}

  /**
   * What a run costs, the mean over the runs.
   *
   * @param parameters of the network
   * @param multiplyAdds for one sample; {@code null} where unknown, as the next
   * @param peakMemoryBytes the largest of the runs
   */
  public record Costs(
      long parameters,
      Long multiplyAdds,
      double samplesPerSecond,
      Long peakMemoryBytes,
      double wallSeconds) {}
}
