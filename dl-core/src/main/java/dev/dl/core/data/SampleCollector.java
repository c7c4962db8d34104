package dev.dl.core.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the samples of a dataset one by one: in memory, or, when they become more than it may
 * hold, in a file.
 */
final class SampleCollector<T> implements Closeable {
  private final Content<T> content;
  private final long memoryBudget;
  private final List<float[]> targets = new ArrayList<>();
  private List<T> samples = new ArrayList<>();
  private long bytes;
  private SampleFile file;

  /**
   * @param memoryBudget bytes that may lie in memory
   */
  SampleCollector(Content<T> content, long memoryBudget) {
    this.content = content;
    this.memoryBudget = memoryBudget;
  }

  void add(T sample, float[] target) throws IOException {
    byte[] encoded = content.bytes(sample);
    bytes += encoded.length;
    targets.add(target);
    if (file != null) {
      file.add(encoded);
      return;
    }
    samples.add(sample);
    if (bytes > memoryBudget) {
      file = SampleFile.create();
      for (T gathered : samples) {
        file.add(content.bytes(gathered));
      }
      samples = null;
    }
  }

  /** What was gathered. */
  Dataset<T> dataset() throws IOException {
    if (file == null) {
      return new MemoryDataset<>(samples, targets, content);
    }
    file.flush();
    SampleFile finished = file;
    file = null;
    return new SpilledDataset<>(finished, targets, content);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
