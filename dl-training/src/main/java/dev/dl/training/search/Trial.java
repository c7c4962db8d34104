package dev.dl.training.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One choice of values, and what it came to so far.
 *
 * @param number counted from 1; 0 is the base itself
 * @param values by field, as configurations have them
 * @param results of the rungs that it has reached, in order
 * @param failure why it cannot be trained; {@code null} if it can
 */
public record Trial(int number, Map<String, String> values, List<Result> results, String failure) {

  public Trial {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    results = List.copyOf(results);
  }

  /**
   * What a trial had come to at a rung.
   *
   * @param epochs trained since its beginning
   * @param value of the metric at its best epoch so far
   * @param seconds of training since its beginning
   */
  public record Result(int epochs, double value, double seconds) {}

  /** One that has not been trained yet. */
  static Trial of(int number, Map<String, String> values) {
    return new Trial(number, values, List.of(), null);
  }

  Trial with(Result result) {
    List<Result> more = new ArrayList<>(results);
    more.add(result);
    return new Trial(number, values, more, failure);
  }

  Trial failed(String reason) {
    return new Trial(number, values, results, reason);
  }

  /** How many rungs it has reached. */
  int rungs() {
    return results.size();
  }

  /** Epochs trained. */
  public int epochs() {
    return results.isEmpty() ? 0 : last().epochs;
  }

  /** The result of the highest rung. */
  public Result last() {
    return results.get(results.size() - 1);
  }

  /** Seconds trained. */
  double seconds() {
    return results.isEmpty() ? 0 : last().seconds;
  }
}
