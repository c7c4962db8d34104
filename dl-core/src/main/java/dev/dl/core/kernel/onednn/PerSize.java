package dev.dl.core.kernel.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** What has been prepared for the sizes used last; the one unused for longest makes room. */
final class PerSize<T> {
  private final LongFunction<T> prepare;
  private final Map<Long, T> prepared;

  PerSize(int capacity, LongFunction<T> prepare) {
    this.prepare = prepare;
    this.prepared =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
            return size() > capacity;
          }
        };
  }

  /** Two sizes as one, each below 2^31. */
  static long of(long first, long second) {
    return first << Integer.SIZE | second;
  }

  static int first(long size) {
    return (int) (size >>> Integer.SIZE);
  }

  static int second(long size) {
    return (int) size;
  }

  T get(long size) {
    T found = prepared.get(size);
    if (found == null) {
      found = prepare.apply(size);
      prepared.put(size, found);
    }
    return found;
  }
}
