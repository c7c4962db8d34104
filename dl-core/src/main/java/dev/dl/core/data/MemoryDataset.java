package dev.dl.core.data;

import dev.dl.core.data.image.Image;
import java.util.List;
import java.util.stream.IntStream;

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

  /** The dataset with its images resized to this height and width, if they are not of it. */
  static Dataset resized(Dataset dataset, int size) {
    ImageShape from = dataset.shape();
    if (from.height() == size && from.width() == size) {
      return dataset;
    }
    int[] samples = IntStream.range(0, dataset.size()).toArray();
    List<byte[]> images =
        IntStream.of(samples)
            .mapToObj(
                sample -> {
                  byte[] pixels = new byte[from.size()];
                  dataset.read(sample, pixels, 0);
                  return new Image(from.channels(), from.height(), from.width(), pixels)
                      .fit(size, size)
                      .pixels();
                })
            .toList();
    return new MemoryDataset(
        new ImageShape(from.channels(), size, size),
        images,
        IntStream.of(samples).map(dataset::label).toArray());
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
