package dev.dl.core.data;

/** Some samples of a dataset, in the order given. */
record Subset(Dataset whole, int[] samples) implements Dataset {

  @Override
  public int size() {
    return samples.length;
  }

  @Override
  public ImageShape shape() {
    return whole.shape();
  }

  @Override
  public int label(int sample) {
    return whole.label(samples[sample]);
  }

  @Override
  public void read(int sample, byte[] pixels, int offset) {
    whole.read(samples[sample], pixels, offset);
  }
}
