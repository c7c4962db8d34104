package dev.dl.core.data;

import dev.dl.core.random.CounterRandom;
import dev.dl.core.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How a dataset is cut into batches. The last batch of an epoch is smaller where the sizes do not
 * divide.
 *
 * @param dataset where the samples come from
 * @param normalization applied to every image
 * @param augmentation applied to shuffled epochs
 * @param batchSize samples of a batch
 */
public record Batches(
    Dataset dataset, Normalization normalization, AugmentationSpec augmentation, int batchSize) {

  public Batches {
    if (batchSize < 1 || dataset.size() < 1) {
      throw new IllegalArgumentException(
          "batches of " + batchSize + " from " + dataset.size() + " samples");
    }
  }

  /** Number of batches in an epoch. */
  public int count() {
    return (dataset.size() + batchSize - 1) / batchSize;
  }

  /**
   * Starts to load one epoch of training: shuffled and augmented as a function of (seed, epoch).
   *
   * @param firstBatch batches of the epoch to leave out, 0 for none; those after it are the same
   */
  public Prefetcher shuffled(long seed, int epoch, int firstBatch) {
    int[] order = CounterRandom.permutation(seed, RandomStream.ORDER.at(epoch), dataset.size());
    return Prefetcher.start(
        firstBatch,
        count(),
        batch ->
            assemble(order, batch, sample -> Augmentation.of(augmentation, seed, epoch, sample)));
  }

  /** Starts to load every sample once, in the order of the dataset and without augmentation. */
  public Prefetcher inOrder() {
    int[] order = IntStream.range(0, dataset.size()).toArray();
    return Prefetcher.start(
        0, count(), batch -> assemble(order, batch, sample -> Augmentation.NONE));
  }

  private Batch assemble(int[] order, int batch, ChangeOf changeOf) {
    int from = batch * batchSize;
    int[] samples = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
    int[] labels = Arrays.stream(samples).map(dataset::label).toArray();
    ImageShape shape = dataset.shape();
    float[][] tables = normalization.tables();
    float[] inputs = new float[Math.multiplyExact(samples.length, shape.size())];
    byte[] pixels = new byte[shape.size()];
    for (int i = 0; i < samples.length; i++) {
      dataset.read(samples[i], pixels, 0);
      changeOf.sample(samples[i]).apply(pixels, shape, tables, inputs, i * shape.size());
    }
    return new Batch(inputs, labels, samples);
  }

  /** Which change a sample gets. */
  private interface ChangeOf {
    Augmentation sample(int sample);
  }
}
