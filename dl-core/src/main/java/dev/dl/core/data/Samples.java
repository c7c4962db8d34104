package dev.dl.core.data;

/** A split as training and evaluation see it: samples that become batches of numbers. */
public interface Samples {

  /** Number of samples. */
  int size();

  /** What the network is to answer for a sample. */
  float[] target(int sample);

  /**
   * The samples of each batch of an epoch: shuffled, as a function of (seed, epoch). Every sample
   * is in it once, and all batches but one are full.
   */
  int[][] shuffled(long seed, int epoch, int batchSize);

  /** The batch of these samples as they are. */
  Batch batch(int[] samples);

  /**
   * The batch of these samples for training, changed at random where that is asked for, as a
   * function of (seed, epoch, sample).
   *
   * @param number of the batch in its epoch
   */
  default Batch trainingBatch(int[] samples, long seed, int epoch, int number) {
    return batch(samples);
  }

  /** SHA-256 of a sample's content, whatever its target. */
  byte[] digest(int sample);

  /**
   * Where a sample comes from: {@code flowers/rose/17.png} or {@code reviews.csv:18} where it has a
   * file, or else its position in the source: {@code train 17}.
   */
  String name(int sample);
}
