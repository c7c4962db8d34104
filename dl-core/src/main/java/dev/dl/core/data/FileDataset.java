package dev.dl.core.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A dataset of picture files too large for memory: each is decoded when it is read. */
record FileDataset(ImageShape shape, List<Path> files, int[] labels) implements Dataset {

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int sample) {
    return labels[sample];
  }

  @Override
  public void read(int sample, byte[] pixels, int offset) {
    try {
      byte[] image = Preprocessing.pixels(files.get(sample), shape);
      System.arraycopy(image, 0, pixels, offset, image.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
