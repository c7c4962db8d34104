package dev.dl.core.data;

/** The rows of one split of a table, encoded. */
final class RowSamples implements Samples {
  private final Dataset<float[]> dataset;

  RowSamples(Dataset<float[]> dataset) {
    this.dataset = dataset;
  }

  @Override
  public int size() {
    return dataset.size();
  }

  @Override
  public float[] target(int sample) {
    return dataset.target(sample);
  }

  @Override
  public int[][] shuffled(long seed, int epoch, int batchSize) {
    return Batches.cut(Order.shuffled(dataset, seed, epoch), batchSize);
  }

  @Override
  public Batch batch(int[] samples) {
    float[][] rows = new float[samples.length][];
    float[][] targets = new float[samples.length][];
    for (int i = 0; i < samples.length; i++) {
      rows[i] = dataset.read(samples[i]);
      targets[i] = dataset.target(samples[i]);
    }
    return new Batch(Targets.joined(rows), Targets.joined(targets), samples);
  }

  @Override
  public byte[] digest(int sample) {
    return dataset.digest(sample);
  }

  @Override
  public String name(int sample) {
    return dataset.name(sample);
  }
}
