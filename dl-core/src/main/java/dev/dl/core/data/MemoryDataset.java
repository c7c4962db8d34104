package dev.dl.core.data;

import java.util.List;

/** A dataset whose images lie decoded in memory. */
final class MemoryDataset implements Dataset {
  private final ImageShape shape;
  private final List<byte[]> images;
  private final int[] labels;

  /** Takes over the images, each of the shape's size, and the labels, without a copy. */
  MemoryDataset(ImageShape shape, List<byte[]> images, int[] labels) {
    if (images.size() != labels.length) {
      throw new IllegalArgumentException(images.size() + " images, " + labels.length + " labels");
    }
    this.shape = shape;
    this.images = images;
    this.labels = labels;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public int label(int sample) {
    return labels[sample];
  }

  @Override
  public void read(int sample, byte[] pixels, int offset) {
    System.arraycopy(images.get(sample), 0, pixels, offset, shape.size());
  }
}
