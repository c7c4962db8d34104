package dev.dl.core.data;

/** Some samples of a dataset, in the order given. */
record Subset<T>(Dataset<T> whole, int[] samples) implements Dataset<T> {

  @Override
  public int size() {
    return samples.length;
  }

  @Override
  public float[] target(int sample) {
    return whole.target(samples[sample]);
  }

  @Override
  public T read(int sample) {
    return whole.read(samples[sample]);
  }

  @Override
  public byte[] digest(int sample) {
    return whole.digest(samples[sample]);
  }

  @Override
  public String name(int sample) {
    return whole.name(samples[sample]);
  }

  @Override
  public Access access() {
    return whole.access();
  }
}
