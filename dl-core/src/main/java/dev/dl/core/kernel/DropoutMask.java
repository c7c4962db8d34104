package dev.dl.core.kernel;

import dev.dl.core.random.CounterRandom;
import java.util.Arrays;

/**
 * The mask of inverted dropout (Srivastava et al. 2014) as a function of (seed, stream, block,
 * index): never stored, the same in both passes. A value is zero with probability {@code rate}, to
 * within 2^-31, else divided by {@code 1 - rate}.
 *
 * <p>Positions are counted in blocks. One number of {@link CounterRandom} is the key of a block;
 * the numbers within it are an integer hash of the index and both halves of the key, which
 * compilers turn into vector instructions (multipliers of Wellons' {@code lowbias32}).
 *
 * @param firstSample samples of the batch before those that this is for: however a batch is divided
 *     into micro-batches, each sample has the mask that it has in the whole batch
 */
public record DropoutMask(double rate, long seed, long stream, long firstSample) {
  /** Indices in a block. */
  public static final int BLOCK = 2048;

  /** Keeps everything. */
  public static final DropoutMask NONE = new DropoutMask(0, 0, 0, 0);

  private static final int[] STEPS = steps();

  public DropoutMask {
    requireRate(rate);
  }

  /** For a batch from its first sample on. */
  public DropoutMask(double rate, long seed, long stream) {
    this(rate, seed, stream, 0);
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
    return factors(block, 0, length);
  }

  /** The same for the values of a block from {@code first} on. */
  public float[] factors(long block, int first, int length) {
    Factors factors = new Factors(this, length);
    factors.begin(block, first, 0, length);
    int[] bits = factors.bits(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    return values;
  }

  /**
   * Room in which the factors of several stretches are computed at once, for the sake of long
   * loops. They come as bits: the compiler turns loops over integers into vector instructions, and
   * loops over floats, but not those from one to the other. Native memory that is written as
   * integers and read as floats does that. Used by one thread.
   */
  public static final class Factors {
    private final DropoutMask mask;
    private final int[] bits;
    private final int[] secondKeys;

    public Factors(DropoutMask mask, int capacity) {
      this.mask = mask;
      this.bits = new int[capacity];
      this.secondKeys = new int[capacity];
    }

    /** As of the mask. */
    public long firstSample() {
      return mask.firstSample;
    }

    /** Takes the first {@code length} positions of a block as those from {@code start} on. */
    public void begin(long block, int start, int length) {
      begin(block, 0, start, length);
    }

    /** The same for the positions of a block from {@code first} on. */
    public void begin(long block, int first, int start, int length) {
      long key = CounterRandom.bits(mask.seed, mask.stream, block);
      int begin = (int) key;
      System.arraycopy(STEPS, first, bits, start, length);
      for (int i = start; i < start + length; i++) {
        bits[i] += begin;
      }
      Arrays.fill(secondKeys, start, start + length, (int) (key >>> 32));
    }

    /** The bits of the factors of all {@code length} positions begun. */
    public int[] bits(int length) {
      int dropped = (int) Math.round(mask.rate * 0x1p31);
      int scale = Float.floatToRawIntBits((float) (1 / (1 - mask.rate)));
      hash(bits, secondKeys, length, dropped, scale);
      return bits;
    }

    private static void hash(int[] bits, int[] secondKeys, int length, int dropped, int scale) {
      for (int i = 0; i < length; i++) {
        int x = bits[i];
        x = (x ^ x >>> 16) * 0x7feb352d;
        x = (x ^ x >>> 15) * 0x846ca68b;
        x = x ^ x >>> 16 ^ secondKeys[i];
        x = (x ^ x >>> 16) * 0x7feb352d;
        x = (x ^ x >>> 15) * 0x846ca68b;
        x = x ^ x >>> 16;
        bits[i] = scale & dropped - 1 - (x >>> 1) >> 31;
      }
    }
  }
}
