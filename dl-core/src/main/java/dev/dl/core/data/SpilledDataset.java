package dev.dl.core.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A dataset whose samples lie in a temporary file.
 *
 * @param names where each sample comes from
 */
record SpilledDataset<T>(
    SampleFile file, List<float[]> targets, Content<T> content, IntFunction<String> names)
    implements Dataset<T> {

  @Override
  public int size() {
    return targets.size();
  }

  @Override
  public float[] target(int sample) {
    return targets.get(sample);
  }

  @Override
  public T read(int sample) {
    return content.sample(bytes(sample));
  }

  @Override
  public byte[] digest(int sample) {
    return Fingerprint.sha256().digest(bytes(sample));
  }

  @Override
  public String name(int sample) {
    return names.apply(sample);
  }

  @Override
  public Access access() {
    return Access.NEIGHBOURS;
  }

  private byte[] bytes(int sample) {
    try {
      return file.read(sample);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
