package dev.dl.core.data;

import dev.dl.core.data.problem.DataException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Training samples that are in another split too, found by eight bytes of their content's SHA-256:
 * ten million samples beside a million others meet by chance once in two million runs. Keeps those
 * eight bytes of each sample.
 */
final class Leakage {
  private static final int NAMED = 3;

  private final Map<Split, Contents> contents = new EnumMap<>(Split.class);

  /** Adds the next sample of a split, by the SHA-256 of its content. */
  void add(Split split, byte[] digest) {
    contents
        .computeIfAbsent(split, absent -> new Contents())
        .add(ByteBuffer.wrap(digest).getLong());
  }

  /** All samples of these splits. */
  static Leakage of(Map<Split, ? extends Dataset<?>> splits) {
    Leakage leakage = new Leakage();
    splits.forEach(
        (split, dataset) ->
            IntStream.range(0, dataset.size())
                .forEach(sample -> leakage.add(split, dataset.digest(sample))));
    return leakage;
  }

  /**
   * What the user should know of it, one line for each split that training samples are in. What is
   * held out of the training samples may repeat some of them; a split that the user gave must not.
   *
   * @param splits to name the samples by
   * @param given the splits that the user gave
   * @throws DataException if training samples are in one of them, unless that is allowed
   */
  List<String> told(
      Map<Split, ? extends Dataset<?>> splits, Collection<Split> given, DataSpec spec) {
    List<String> notices = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    contents.forEach(
        (split, others) -> {
          int[] leaks = split == Split.TRAIN ? new int[0] : others.among(contents.get(Split.TRAIN));
          if (leaks.length > 0) {
            String found = found(split, leaks, splits);
            if (given.contains(split) && !spec.allowLeakage()) {
              problems.add(
                  "data: found "
                      + found
                      + ", expected each in one split; remove them (data check lists all), or set"
                      + " data.allowLeakage=true");
            } else {
              notices.add(found + ": what is measured on them is remembered");
            }
          }
        });
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
    return notices;
  }

  private String found(Split split, int[] leaks, Map<Split, ? extends Dataset<?>> splits) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(leaks.length, NAMED); i++) {
      int twin = contents.get(Split.TRAIN).first(contents.get(split).values[leaks[i]]);
      pairs.add(splits.get(split).name(leaks[i]) + " is " + splits.get(Split.TRAIN).name(twin));
    }
    return "%d of %d %s samples among those of train (%s%s)"
        .formatted(
            leaks.length,
            contents.get(split).size,
            split.label(),
            String.join(", ", pairs),
            leaks.length > NAMED ? ", …" : "");
  }

  /** What the samples of one split contain, in their order. */
  private static final class Contents {
    private long[] values = new long[1 << 10];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    /** The samples whose content is among others. */
    int[] among(Contents others) {
      long[] sorted = Arrays.copyOf(others.values, others.size);
      Arrays.sort(sorted);
      return IntStream.range(0, size)
          .filter(sample -> Arrays.binarySearch(sorted, values[sample]) >= 0)
          .toArray();
    }

    /** The first sample of a content that there is. */
    int first(long value) {
      int sample = 0;
      while (values[sample] != value) {
        sample++;
      }
      return sample;
    }
  }
}
