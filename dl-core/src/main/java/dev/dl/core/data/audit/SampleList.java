package dev.dl.core.data.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What is known of the samples of all splits, numbered through: where they come from, their labels,
 * and which have the same content, but not the content. Some 150 bytes a sample. Used by one
 * thread.
 */
public final class SampleList {
  /** Bytes of a digest that are compared: two of a billion samples meet once in 10^20 audits. */
  private static final int COMPARED = 16;

  private final List<Part> parts = new ArrayList<>();
  private final Map<ByteBuffer, Integer> contents = new HashMap<>();
  private final Map<String, Integer> labelNumbers = new HashMap<>();
  private final List<String> labelNames = new ArrayList<>();
  private final Map<Integer, Preview> previews = new HashMap<>();
  private long[] lines = new long[1 << 10];
  private int[] labels = new int[1 << 10];
  private int[] firsts = new int[1 << 10];
  private int size;

  /**
   * The samples that are added from now on are of this split.
   *
   * @param names how the sample of a line is called
   */
  public void begin(String split, LongFunction<String> names) {
    parts.add(new Part(split, names, size));
  }

  /**
   * Adds a sample and gives its number.
   *
   * @param line by which it is found again
   * @param label may be {@code null}
   * @param digest SHA-256 of its content
   */
  public int add(long line, String label, byte[] digest) {
    if (size == lines.length) {
      lines = Arrays.copyOf(lines, 2 * size);
      labels = Arrays.copyOf(labels, 2 * size);
      firsts = Arrays.copyOf(firsts, 2 * size);
    }
    lines[size] = line;
    labels[size] = label == null ? -1 : labelNumber(label);
    Integer first = contents.putIfAbsent(ByteBuffer.wrap(Arrays.copyOf(digest, COMPARED)), size);
    firsts[size] = first == null ? size : first;
    return size++;
  }

  /** How a sample of this number is shown, from now on. */
  public void show(int sample, Preview preview) {
    previews.put(sample, preview);
  }

  public int size() {
    return size;
  }

  /** The first sample with the same content. */
  public int first(int sample) {
    return firsts[sample];
  }

  /** The numbers of the first samples of each content, in rising order. */
  int[] distinct() {
    int[] distinct = new int[contents.size()];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (firsts[i] == i) {
        distinct[count++] = i;
      }
    }
    return distinct;
  }

  /** The split of a sample, counted from 0. */
  int split(int sample) {
    int split = parts.size() - 1;
    while (parts.get(split).start > sample) {
      split--;
    }
    return split;
  }

  boolean sameLabel(int one, int other) {
    return labels[one] == labels[other];
  }

  /** A sample as findings name it. */
  public Sample sample(int number) {
    Part part = parts.get(split(number));
    Preview preview = previews.getOrDefault(number, Preview.NONE);
    return new Sample(
        part.split,
        part.names.apply(lines[number]),
        labels[number] < 0 ? null : labelNames.get(labels[number]),
        preview.text(),
        preview.picture());
  }

  private int labelNumber(String label) {
    return labelNumbers.computeIfAbsent(
        label,
        absent -> {
          labelNames.add(absent);
          return labelNames.size() - 1;
        });
  }

  private record Part(String split, LongFunction<String> names, int start) {}
}
