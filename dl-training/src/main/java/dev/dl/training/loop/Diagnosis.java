package dev.dl.training.loop;

import java.util.List;

/**
 * Why a step was not finite.
 *
 * @param place the first array of the step that holds a value that is not finite: {@code the output
 *     of conv1}
 * @param samples that are not finite each by itself; none where the whole batch is to blame, or the
 *     weights are
 */
record Diagnosis(String place, List<Integer> samples) {

  Diagnosis {
    samples = List.copyOf(samples);
  }

  /**
   * What was found.
   *
   * @param alone samples that were not finite by themselves; if most are, it is the weights
   */
  static Diagnosis of(String place, List<Integer> alone, int batchSize) {
    boolean most = batchSize > 1 && 2 * alone.size() > batchSize;
    return new Diagnosis(place, most ? List.of() : alone);
  }
}
