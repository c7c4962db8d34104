package dev.dl.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the pictures of shards lie and what they show, in 20 bytes each: millions may be known. */
final class ShardIndex {
  private static final int START = 1 << 10;

  private final Map<List<String>, Integer> numbers = new HashMap<>();
  private final List<List<String>> distinct = new ArrayList<>();
  private int[] shards = new int[START];
  private long[] offsets = new long[START];
  private int[] lengths = new int[START];
  private int[] targets = new int[START];
  private int size;

  /**
   * Adds a picture.
   *
   * @param shard it lies in, by number
   * @param offset of its first byte
   * @param length in bytes
   * @param target cells that say what it shows; equal ones are held once
   */
  void add(int shard, long offset, int length, List<String> target) {
    if (size == shards.length) {
      int longer = Math.addExact(size, size);
      shards = Arrays.copyOf(shards, longer);
      offsets = Arrays.copyOf(offsets, longer);
      lengths = Arrays.copyOf(lengths, longer);
      targets = Arrays.copyOf(targets, longer);
    }
    Integer number = numbers.putIfAbsent(target, distinct.size());
    if (number == null) {
      distinct.add(target);
    }
    shards[size] = shard;
    offsets[size] = offset;
    lengths[size] = length;
    targets[size] = number == null ? distinct.size() - 1 : number;
    size++;
  }

  int size() {
    return size;
  }

  int shard(int picture) {
    return shards[picture];
  }

  long offset(int picture) {
    return offsets[picture];
  }

  int length(int picture) {
    return lengths[picture];
  }

  List<String> target(int picture) {
    return distinct.get(targets[picture]);
  }
}
