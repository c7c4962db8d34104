package dev.dl.core.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How a split is cut into batches. One batch of an epoch is smaller where the sizes do not divide.
 *
 * @param samples where they come from
 * @param batchSize samples of a batch
 */
public record Batches(Samples samples, int batchSize) {

  public Batches {
    if (batchSize < 1 || samples.size() < 1) {
      throw new IllegalArgumentException(
          "batches of " + batchSize + " from " + samples.size() + " samples");
    }
  }

  /** Number of batches in an epoch. */
  public int count() {
    return (int) (((long) samples.size() + batchSize - 1) / batchSize);
  }

  /**
   * Starts to load one epoch of training: shuffled and augmented as a function of (seed, epoch).
   *
   * @param firstBatch batches of the epoch to leave out, 0 for none; those after it are the same
   */
  public Prefetcher shuffled(long seed, int epoch, int firstBatch) {
    int[][] order = samples.shuffled(seed, epoch, batchSize);
    return Prefetcher.start(
        firstBatch, order.length, batch -> samples.trainingBatch(order[batch], seed, epoch, batch));
  }

  /** The batch that the first epoch of training begins with. */
  public Batch first(long seed) {
    return samples.trainingBatch(samples.shuffled(seed, 1, batchSize)[0], seed, 1, 0);
  }

  /** Starts to load every sample once, in the order of the split and as it is. */
  public Prefetcher inOrder() {
    int[] order = IntStream.range(0, samples.size()).toArray();
    return Prefetcher.start(0, count(), batch -> samples.batch(slice(order, batch, batchSize)));
  }

  /** Starts to load every sample once as it is, those of similar lengths together. */
  Prefetcher once() {
    int[][] order = samples.shuffled(0, 0, batchSize);
    return Prefetcher.start(0, order.length, batch -> samples.batch(order[batch]));
  }

  /** An order cut into batches. */
  static int[][] cut(int[] order, int batchSize) {
    return IntStream.range(0, (order.length + batchSize - 1) / batchSize)
        .mapToObj(batch -> slice(order, batch, batchSize))
        .toArray(int[][]::new);
  }

  private static int[] slice(int[] order, int batch, int batchSize) {
    int from = batch * batchSize;
    return Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
  }
}
