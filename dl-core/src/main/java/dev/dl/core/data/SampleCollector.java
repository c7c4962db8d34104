package dev.dl.core.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * Gathers the samples of a dataset one by one: in memory, or, when they become more than it may
 * hold, in a file.
 */
final class SampleCollector<T> implements Closeable {
  private final Content<T> content;
  private final long memoryBudget;
  private final LongFunction<String> places;
  private final List<float[]> targets = new ArrayList<>();
  private long[] lines = new long[1 << 10];
  private List<T> samples = new ArrayList<>();
  private long bytes;
  private SampleFile file;

  /**
   * @param memoryBudget bytes that may lie in memory
   * @param places how the sample of a line is called
   */
  SampleCollector(Content<T> content, long memoryBudget, LongFunction<String> places) {
    this.content = content;
    this.memoryBudget = memoryBudget;
    this.places = places;
  }

  /** Adds a sample that is found again by its position. */
  void add(T sample, float[] target) throws IOException {
    add(sample, target, targets.size());
  }

  /**
   * Adds a sample.
   *
   * @param line by which it is found again
   */
  void add(T sample, float[] target, long line) throws IOException {
    byte[] encoded = content.bytes(sample);
    bytes += encoded.length;
    if (targets.size() == lines.length) {
      lines = Arrays.copyOf(lines, 2 * lines.length);
    }
    lines[targets.size()] = line;
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
    long[] lineOf = Arrays.copyOf(lines, targets.size());
    IntFunction<String> names = sample -> places.apply(lineOf[sample]);
    if (file == null) {
      return new MemoryDataset<>(samples, targets, content, names);
    }
    file.flush();
    SampleFile finished = file;
    file = null;
    return new SpilledDataset<>(finished, targets, content, names);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
