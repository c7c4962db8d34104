package dev.dl.core.kernel;

import dev.dl.core.random.CounterRandom;

/**
 * The mask of inverted dropout as a function of (seed, stream, position): never stored, the same in
 * both passes.
 */
public final class Dropout {
  private Dropout() {}

  /**
   * Drops or scales {@code values} in place.
   *
   * @param offset position of the first value
   */
  public static void apply(
      float[] values, int length, long offset, double rate, long seed, long stream) {
    float scale = (float) (1 / (1 - rate));
    long threshold = threshold(rate);
    for (int i = 0; i < length; i++) {
      values[i] = keeps(seed, stream, offset + i, threshold) ? values[i] * scale : 0;
    }
  }

  /** The smallest of the 2^53 equally likely numbers that keeps a value. */
  private static long threshold(double rate) {
    return (long) Math.ceil(rate * 0x1p53);
  }

  private static boolean keeps(long seed, long stream, long position, long threshold) {
    return CounterRandom.bits(seed, stream, position) >>> 11 >= threshold;
  }

  /** Whether the value at {@code position} stays. */
  public static boolean keeps(long seed, long stream, long position, double rate) {
    return keeps(seed, stream, position, threshold(rate));
  }
}
