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
    for (int i = 0; i < length; i++) {
      values[i] = keeps(seed, stream, offset + i, rate) ? values[i] * scale : 0;
    }
  }

  /** Whether the value at {@code position} stays. */
  public static boolean keeps(long seed, long stream, long position, double rate) {
    return CounterRandom.uniform(seed, stream, position) >= rate;
  }
}
