package dev.dl.core.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What there is to know about data before training on it.
 *
 * @param counts samples of each class, by split
 * @param leaks samples that an earlier split holds too, pixel for pixel: what is measured on them
 *     is remembered, not recognised
 * @param notices what else the user should know, one line each
 */
public record DataCheck(Map<Split, List<Integer>> counts, List<Leak> leaks, List<String> notices) {

  /**
   * A sample that is in two splits.
   *
   * @param split the earlier of them, in the order of {@link Split}
   * @param sample its position there, the first where there are several
   * @param otherSplit the later of them
   * @param otherSample its position there
   * @param sameLabel whether it is of the same class in both
   */
  public record Leak(
      Split split, int sample, Split otherSplit, int otherSample, boolean sameLabel) {}

  /** Looks through data. */
  public static DataCheck of(DataSplits data) {
    Map<Split, List<Integer>> counts = new EnumMap<>(Split.class);
    data.samples()
        .forEach((split, dataset) -> counts.put(split, counts(dataset, data.classNames().size())));
    return new DataCheck(counts, leaks(data), data.notices());
  }

  private static List<Integer> counts(Samples samples, int classes) {
    int[] counts = new int[classes];
    for (int sample = 0; sample < samples.size(); sample++) {
      counts[label(samples, sample)]++;
    }
    return IntStream.of(counts).boxed().toList();
  }

  private static List<Leak> leaks(DataSplits data) {
    Map<ByteBuffer, Place> seen = new HashMap<>();
    List<Leak> leaks = new ArrayList<>();
    data.samples()
        .forEach(
            (split, dataset) -> {
              for (int sample = 0; sample < dataset.size(); sample++) {
                Place here = new Place(split, sample, label(dataset, sample));
                Place first = seen.putIfAbsent(ByteBuffer.wrap(dataset.digest(sample)), here);
                if (first != null && first.split() != split) {
                  leaks.add(first.leakTo(here));
                }
              }
            });
    return leaks;
  }

  private static int label(Samples samples, int sample) {
    return (int) samples.target(sample)[0];
  }

  private record Place(Split split, int sample, int label) {

    Leak leakTo(Place other) {
      return new Leak(split, sample, other.split, other.sample, label == other.label);
    }
  }
}
