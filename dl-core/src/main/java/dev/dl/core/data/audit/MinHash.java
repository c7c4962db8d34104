package dev.dl.core.data.audit;

/**
 * The smallest of the hashes of a set, under one of many hash functions: equal for two sets with a
 * probability that is their Jaccard similarity (Broder 1997, On the resemblance and containment of
 * documents).
 */
final class MinHash {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private MinHash() {}

  /**
   * One number for several hash functions in turn.
   *
   * @param elements of the set
   * @param first of the functions
   * @param count of the functions
   */
  static long band(int[] elements, int first, int count) {
    long band = first;
    for (int function = first; function < first + count; function++) {
      long smallest = Long.MAX_VALUE;
      for (int element : elements) {
        smallest = Math.min(smallest, mix(element + (function + 1) * GOLDEN_RATIO));
      }
      band = mix(band ^ smallest);
    }
    return band;
  }

  /** A number that depends on every bit of another: the finalizer of SplitMix64. */
  static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
