package dev.dl.core.data;

import java.util.List;
import java.util.function.IntFunction;

/**
 * A dataset whose samples lie in memory.
 *
 * @param targets one for each sample
 * @param content the samples as bytes
 * @param names where each sample comes from
 */
record MemoryDataset<T>(
    List<T> samples, List<float[]> targets, Content<T> content, IntFunction<String> names)
    implements Dataset<T> {
  MemoryDataset {
    samples = List.copyOf(samples);
    targets = List.copyOf(targets);
    if (samples.size() != targets.size()) {
      throw new IllegalArgumentException(
          samples.size() + " samples, " + targets.size() + " targets");
    }
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public float[] target(int sample) {
    return targets.get(sample);
  }

  @Override
  public T read(int sample) {
    return samples.get(sample);
  }

  @Override
  public byte[] digest(int sample) {
    return content.digest(read(sample));
  }

  @Override
  public String name(int sample) {
    return names.apply(sample);
  }

  @Override
  public Access access() {
    return Access.MEMORY;
  }
}
