package dev.dl.core.data.text;

import dev.dl.core.random.CounterRandom;
import dev.dl.core.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Batches of texts of similar lengths, so that little of a batch is padding. The order of an epoch
 * is cut into windows of 100 batches, the texts of a window are sorted by their lengths and cut
 * into batches, and the batches of the epoch are shuffled.
 */
public final class LengthBuckets {
  private static final int WINDOW_BATCHES = 100;
  private static final int BATCHES_PART = 1;
  private static final int MULTIPLE = 8;

  private LengthBuckets() {}

  /**
   * The texts of each batch of an epoch: a function of the arguments. Only the last batch may have
   * fewer texts than the others.
   *
   * @param lengths of all texts
   * @param order the texts in the order of the epoch
   */
  public static int[][] batches(int[] lengths, int[] order, int batchSize, long seed, long epoch) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size " + batchSize);
    }
    int[] sorted = sortedInWindows(lengths, order, (long) WINDOW_BATCHES * batchSize);
    int whole = order.length / batchSize;
    int[] shuffled =
        CounterRandom.permutation(seed, RandomStream.ORDER.at(epoch, BATCHES_PART), whole);
    boolean rest = order.length % batchSize != 0;
    int[][] batches = new int[rest ? whole + 1 : whole][];
    for (int i = 0; i < whole; i++) {
      int start = shuffled[i] * batchSize;
      batches[i] = Arrays.copyOfRange(sorted, start, start + batchSize);
    }
    if (rest) {
      batches[whole] = Arrays.copyOfRange(sorted, whole * batchSize, sorted.length);
    }
    return batches;
  }

  /** The length that a batch is padded to: its longest rounded up to a multiple of 8. */
  public static int paddedLength(int longest, int maximum) {
    int rounded = (Math.max(1, longest) + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    return Math.min(rounded, maximum);
  }

  private static int[] sortedInWindows(int[] lengths, int[] order, long window) {
    Integer[] texts = Arrays.stream(order).boxed().toArray(Integer[]::new);
    for (long start = 0; start < texts.length; start += window) {
      int end = (int) Math.min(texts.length, start + window);
      Arrays.sort(texts, (int) start, end, Comparator.comparingInt(text -> lengths[text]));
    }
    return Arrays.stream(texts).mapToInt(Integer::intValue).toArray();
  }
}
