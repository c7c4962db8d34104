package dev.dl.core.data.audit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds texts that are nearly the same: of their shingles together, at least 80 % are in both.
 * Candidates agree in one of 25 bands of 5 minimal hashes each, which of twenty thousand pairs at
 * 80 % misses one; candidates are then compared exactly.
 */
final class NearTexts {
  static final double SIMILARITY = 0.8;

  private static final int BANDS = 25;
  private static final int FUNCTIONS = 5;

  /** Texts of a band that one is compared with: only hundreds of near duplicates have more. */
  private static final int MOST_COMPARED = 100;

  private final List<int[]> shingles;

  /**
   * @param shingles of each text
   */
  NearTexts(List<int[]> shingles) {
    this.shingles = shingles;
  }

  /**
   * Joins the near duplicates, band by band in 8 bytes a text.
   *
   * @param numbers of the texts in the groups
   */
  void join(int[] numbers, Groups groups) {
    for (int band = 0; band < BANDS; band++) {
      int first = band * FUNCTIONS;
      long[] keys =
          IntStream.range(0, shingles.size())
              .parallel()
              .filter(text -> shingles.get(text).length > 0)
              .mapToLong(text -> MinHash.band(shingles.get(text), first, FUNCTIONS) << 32 | text)
              .toArray();
      Arrays.parallelSort(keys);
      joinEqual(keys, numbers, groups);
    }
  }

  /**
   * Compares texts of equal keys.
   *
   * @param keys sorted, each above the position of its text
   */
  private void joinEqual(long[] keys, int[] numbers, Groups groups) {
    for (int i = 0; i < keys.length; i++) {
      int end = Math.min(keys.length, i + 1 + MOST_COMPARED);
      for (int j = i + 1; j < end && keys[i] >> 32 == keys[j] >> 32; j++) {
        int one = (int) keys[i];
        int other = (int) keys[j];
        if (!groups.together(numbers[one], numbers[other])
            && similarity(shingles.get(one), shingles.get(other)) >= SIMILARITY) {
          groups.join(numbers[one], numbers[other]);
        }
      }
    }
  }

  /** Jaccard's: the share of what is in both sets in what is in either. */
  static double similarity(int[] one, int[] other) {
    int both = 0;
    for (int i = 0, j = 0; i < one.length && j < other.length; ) {
      both += one[i] == other[j] ? 1 : 0;
      int step = Integer.compare(one[i], other[j]);
      i += step <= 0 ? 1 : 0;
      j += step >= 0 ? 1 : 0;
    }
    return (double) both / (one.length + other.length - both);
  }
}
