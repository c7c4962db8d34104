package dev.dl.core.data;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Work on samples, several at a time, whose results are taken one by one in order. */
final class InOrder {
  private InOrder() {}

  /** Takes a result. */
  @FunctionalInterface
  interface Taker<T> {
    void take(int sample, T result);
  }

  /**
   * Works on the samples from 0 to {@code count - 1}.
   *
   * @param window results that may lie in memory
   */
  static <T> void each(int count, int window, IntFunction<T> work, Taker<T> taker) {
    for (int from = 0; from < count; from += window) {
      int to = (int) Math.min(count, (long) from + window);
      List<T> results = IntStream.range(from, to).parallel().mapToObj(work).toList();
      for (int sample = from; sample < to; sample++) {
        taker.take(sample, results.get(sample - from));
      }
    }
  }
}
