package dev.dl.core.random;

/**
 * Random numbers as a pure function of (seed, stream, counter): Philox2x64-10 of Salmon et al.
 * 2011, "Parallel random numbers: as easy as 1, 2, 3", with the seed as key and (counter, stream)
 * as the block encrypted. Streams come from {@link RandomStream}.
 *
 * <p>Every function gives the same value on every machine, and may be called from any thread in any
 * order.
 */
public final class CounterRandom {
  private static final long MULTIPLIER = 0xD2B74407B1CE6E93L;
  private static final long KEY_INCREMENT = 0x9E3779B97F4A7C15L;
  private static final int ROUNDS = 10;
  private static final double UNIT = 0x1p-53;

  private CounterRandom() {}

  /** 64 random bits. */
  public static long bits(long seed, long stream, long counter) {
    long left = counter;
    long right = stream;
    long key = seed;
    for (int round = 0; round < ROUNDS; round++) {
      long high = unsignedMultiplyHigh(MULTIPLIER, left);
      long low = MULTIPLIER * left;
      left = high ^ key ^ right;
      right = low;
      key += KEY_INCREMENT;
    }
    return left;
  }

  /** A whole number in [0, bound). */
  public static int uniform(long seed, long stream, long counter, int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound " + bound);
    }
    return (int) unsignedMultiplyHigh(bits(seed, stream, counter), bound);
  }

  /** A number in [0, 1), a multiple of 2^-53. */
  public static double uniform(long seed, long stream, long counter) {
    return (bits(seed, stream, counter) >>> 11) * UNIT;
  }

  /**
   * A number from the standard normal distribution, by Box and Muller's transform of the two
   * numbers at 2 counter and 2 counter + 1; draw nothing else from such a stream.
   */
  public static double gaussian(long seed, long stream, long counter) {
    double first = 1 - uniform(seed, stream, 2 * counter);
    double second = uniform(seed, stream, 2 * counter + 1);
    return StrictMath.sqrt(-2 * StrictMath.log(first)) * StrictMath.cos(2 * Math.PI * second);
  }

  /** A permutation of 0 … size - 1, by Fisher and Yates' shuffle. */
  public static int[] permutation(long seed, long stream, int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = uniform(seed, stream, i, i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}
