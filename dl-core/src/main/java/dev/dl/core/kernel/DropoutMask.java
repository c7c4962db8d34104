package dev.dl.core.kernel;

import dev.dl.core.random.CounterRandom;

/**
 * The mask of inverted dropout (Srivastava et al. 2014) as a function of (seed, stream, block,
 * index): never stored, the same in both passes. A value is zero with probability {@code rate}, to
 * within 2^-31, else divided by {@code 1 - rate}.
 *
 * <p>Positions are counted in blocks. One number of {@link CounterRandom} is the key of a block;
 * the numbers within it are an integer hash of the index and both halves of the key, which
 * compilers turn into vector instructions (multipliers of Wellons' {@code lowbias32}).
 */
public record DropoutMask(double rate, long seed, long stream) {
  /** Indices in a block. */
  public static final int BLOCK = 2048;

  /** Keeps everything. */
  public static final DropoutMask NONE = new DropoutMask(0, 0, 0);

  private static final int[] STEPS = steps();

  public DropoutMask {
    requireRate(rate);
  }

  /** Refuses a rate that is not at least 0 and below 1. */
  public static void requireRate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "dropout rate: got " + rate + ", expected at least 0 and below 1");
    }
  }

  private static int[] steps() {
    int[] steps = new int[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      steps[i] = i * 0x9E3779B9;
    }
    return steps;
  }

  /** Whether anything is dropped. */
  public boolean drops() {
    return rate > 0;
  }

  /** What the first {@code length} values of a block are multiplied by: 0 or 1 / (1 - rate). */
  public float[] factors(long block, int length) {
    int[] bits = new int[length];
    factorBits(block, bits, 0, length);
    float[] factors = new float[length];
    for (int i = 0; i < length; i++) {
      factors[i] = Float.intBitsToFloat(bits[i]);
    }
    return factors;
  }

  /**
   * The bits of {@link #factors}, for loops that the compiler turns into vector instructions: it
   * does so with integers, and with floats, but not from one to the other. Native memory that is
   * written as integers and read as floats does that.
   */
  public void factorBits(long block, int[] bits, int start, int length) {
    long key = CounterRandom.bits(seed, stream, block);
    int first = (int) key;
    int second = (int) (key >>> 32);
    int dropped = (int) Math.round(rate * 0x1p31);
    int scale = Float.floatToRawIntBits((float) (1 / (1 - rate)));
    for (int i = 0; i < length; i++) {
      int x = STEPS[i] + first;
      x = (x ^ x >>> 16) * 0x7feb352d;
      x = (x ^ x >>> 15) * 0x846ca68b;
      x = x ^ x >>> 16 ^ second;
      x = (x ^ x >>> 16) * 0x7feb352d;
      x = (x ^ x >>> 15) * 0x846ca68b;
      x = x ^ x >>> 16;
      bits[start + i] = scale & dropped - 1 - (x >>> 1) >> 31;
    }
  }
}
