package dev.dl.core.data;

import dev.dl.core.data.image.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Picture files, which are decoded when they are read, or were before.
 *
 * @param digests of the pictures as they are in their files
 * @param decoded all of them, or none where memory is too small for all
 */
record PictureDataset(
    List<Path> files,
    List<float[]> targets,
    List<byte[]> digests,
    PictureLoader loader,
    List<Image> decoded)
    implements Dataset<Image> {

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public float[] target(int sample) {
    return targets.get(sample);
  }

  @Override
  public Image read(int sample) {
    if (!decoded.isEmpty()) {
      return decoded.get(sample);
    }
    try {
      return loader.load(files.get(sample));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] digest(int sample) {
    return digests.get(sample);
  }

  @Override
  public String name(int sample) {
    return files.get(sample).toString();
  }

  @Override
  public Access access() {
    return decoded.isEmpty() ? Access.EACH : Access.MEMORY;
  }
}
