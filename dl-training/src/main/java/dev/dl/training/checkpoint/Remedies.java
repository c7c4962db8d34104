package dev.dl.training.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run had to do otherwise than its spec says in order to go on.
 *
 * @param passedOver samples of the training split that are left out, ascending
 * @param nonFinite how many steps were not finite
 * @param microBatchSize samples that fit into memory at once; {@code null}: as many as the spec
 *     says
 */
public record Remedies(List<Integer> passedOver, int nonFinite, Integer microBatchSize) {
  public static final Remedies NONE = new Remedies(List.of(), 0, null);

  public Remedies {
    passedOver = List.copyOf(passedOver);
  }

  /** With one more step that was not finite, and samples that are left out from now on. */
  public Remedies afterNonFinite(Collection<Integer> samples) {
    List<Integer> all =
        Stream.concat(passedOver.stream(), samples.stream()).distinct().sorted().toList();
    return new Remedies(all, nonFinite + 1, microBatchSize);
  }

  /** With so many samples at once. */
  public Remedies withMicroBatchSize(Integer size) {
    return new Remedies(passedOver, nonFinite, size);
  }

  /**
   * What equals no remedies: where they are none, state.json is as it was before there were any.
   */
  static final class Absent {
    @Override
    public boolean equals(Object other) {
      return NONE.equals(other);
    }

    @Override
    public int hashCode() {
      return NONE.hashCode();
    }
  }
}
