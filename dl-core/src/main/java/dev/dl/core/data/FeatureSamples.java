package dev.dl.core.data;

import java.io.IOException;
import java.util.function.Function;

/**
 * The samples of a split as layers see them that are never trained: what those make of each is
 * computed once and kept, in memory or, where it is more than that may hold, in a temporary file.
 * Order and targets stay those of the samples.
 */
public final class FeatureSamples implements Samples {
  /** The samples themselves may take half of it, and two splits have features. */
  private static final int SHARES_OF_HEAP = 8;

  private final Samples samples;
  private final Dataset<float[]> features;
  private final int[] places;

  private FeatureSamples(Samples samples, Dataset<float[]> features, int[] places) {
    this.samples = samples;
    this.features = features;
    this.places = places;
  }

  /**
   * Computes the features of all samples, as they are.
   *
   * @param batchSize samples that the layers are given at once
   * @param cache says what features may take in memory, an eighth of the JVM's heap by itself
   * @param layers what they make of a batch: as many numbers for each of its samples
   */
  public static FeatureSamples of(
      Samples samples, int batchSize, CacheSpec cache, Function<Batch, float[]> layers)
      throws IOException {
    long memory = cache.memory(Runtime.getRuntime().maxMemory() / SHARES_OF_HEAP);
    int[] places = new int[samples.size()];
    int place = 0;
    try (SampleCollector<float[]> kept =
            new SampleCollector<>(Content.FEATURES, memory, String::valueOf);
        Prefetcher batches = new Batches(samples, batchSize).once()) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        float[] outputs = layers.apply(batch);
        int size = outputs.length / batch.size();
        for (int i = 0; i < batch.size(); i++) {
          int sample = batch.samples()[i];
          float[] ofSample = new float[size];
          System.arraycopy(outputs, i * size, ofSample, 0, size);
          kept.add(ofSample, samples.target(sample));
          places[sample] = place++;
        }
      }
      return new FeatureSamples(samples, kept.dataset(), places);
    }
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public float[] target(int sample) {
    return features.target(places[sample]);
  }

  @Override
  public int[][] shuffled(long seed, int epoch, int batchSize) {
    return samples.shuffled(seed, epoch, batchSize);
  }

  @Override
  public Batch batch(int[] wanted) {
    float[][] inputs = new float[wanted.length][];
    float[][] targets = new float[wanted.length][];
    for (int i = 0; i < wanted.length; i++) {
      inputs[i] = features.read(places[wanted[i]]);
      targets[i] = target(wanted[i]);
    }
    return new Batch(Targets.joined(inputs), Targets.joined(targets), wanted);
  }

  @Override
  public byte[] digest(int sample) {
    return samples.digest(sample);
  }

  @Override
  public String name(int sample) {
    return samples.name(sample);
  }
}
