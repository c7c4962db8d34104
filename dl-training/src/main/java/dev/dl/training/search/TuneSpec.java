package dev.dl.training.search;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import dev.dl.core.metric.MetricName;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A search over fields of a run's spec.
 *
 * @param name what the search is called
 * @param base file of the spec that is to be improved; its epochs are those of a whole training
 * @param fixed fields that every trial has otherwise than the file
 * @param space what each field may be
 * @param method how trials are chosen
 * @param halving which of them are trained on
 * @param trials how many, the base itself not counted
 * @param budget what all of it may cost, the base included
 * @param metric of the validation split, by which trials are compared
 * @param seed decides what is drawn
 */
public record TuneSpec(
    String name,
    String base,
    @Default("{}") Map<String, String> fixed,
    Map<String, Dimension> space,
    @Default("tpe") Method method,
    @Default("{}") HalvingSpec halving,
    @Default("30") @Minimum(1) int trials,
    @Default("{}") BudgetSpec budget,
    @Default("validation.accuracy") String metric,
    @Default("1") @Minimum(0) long seed) {

  public TuneSpec {
    fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
    space = Collections.unmodifiableMap(new LinkedHashMap<>(space));
    Space.check(space);
    if (!metric.startsWith("validation.")) {
      throw new ConfigException(
          "metric",
          metric,
          "one of the validation split, such as validation.accuracy",
          "a search by what it trains on overfits, and the test split is for when it is over");
    }
  }

  /** How the values of a trial are chosen. */
  public enum Method {
    /** Each by itself, and without regard to the trials before. */
    RANDOM,
    /** By where good trials are dense and others are not: see {@link Tpe}. */
    TPE
  }

  /**
   * Successive halving: see {@link Halving}.
   *
   * @param reduction one of so many trials is trained so many times longer
   * @param minimumEpochs that every trial gets; those of a whole training: all are trained to the
   *     end
   */
  public record HalvingSpec(
      @Default("3") @Minimum(2) int reduction, @Default("1") @Minimum(1) int minimumEpochs) {}

  /**
   * What a search may cost, also if it is interrupted and goes on.
   *
   * @param epochs of training, of all trials together; {@code null}: as many as they take
   * @param duration of training likewise; with it results depend on the machine's speed
   */
  public record BudgetSpec(
      @Default("null") @Minimum(1) Integer epochs, @Default("null") Duration duration) {}

  /** Whether more of the metric is better. */
  public boolean moreIsBetter() {
    return !MetricName.of(metric).lessIsBetter();
  }

  /** Less what may change while a search goes on: how far it goes. */
  public TuneSpec withoutLimits() {
    return new TuneSpec(
        name, base, fixed, space, method, halving, 1, new BudgetSpec(null, null), metric, seed);
  }
}
