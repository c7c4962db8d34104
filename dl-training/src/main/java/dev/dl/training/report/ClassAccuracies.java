package dev.dl.training.report;

import java.util.List;

/**
 * The share of each class that is recognized.
 *
 * @param names by class index
 * @param samples likewise, with this label in the split
 */
public record ClassAccuracies(
    String split, List<String> names, List<Long> samples, List<Row> candidates) {

  public ClassAccuracies {
    names = List.copyOf(names);
    samples = List.copyOf(samples);
    candidates = List.copyOf(candidates);
  }

  /**
   * Of one candidate.
   *
   * @param accuracy by class index, the mean over its runs; NaN of a class without samples
   */
  public record Row(String candidate, List<Double> accuracy) {

    public Row {
      accuracy = List.copyOf(accuracy);
    }
  }
}
