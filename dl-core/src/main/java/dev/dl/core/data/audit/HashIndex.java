package dev.dl.core.data.audit;

import java.util.function.IntConsumer;

/**
 * Finds 64-bit hashes that differ in few bits, without comparing each with each: hashes that differ
 * in at most 7 bits differ in at most one bit of some 16 of the 64, by which they are looked up
 * (Norouzi et al. 2012, https://arxiv.org/abs/1307.2982). 16 bytes a hash.
 */
final class HashIndex {
  private static final int BANDS = 4;
  private static final int BAND_BITS = 16;
  private static final int KEYS = 1 << BAND_BITS;

  private final long[] hashes;
  private final int[][] starts = new int[BANDS][];
  private final int[][] members = new int[BANDS][];

  HashIndex(long[] hashes) {
    this.hashes = hashes;
    for (int band = 0; band < BANDS; band++) {
      starts[band] = new int[KEYS + 1];
      members[band] = new int[hashes.length];
      fill(band);
    }
  }

  /** Sorts the hashes by their bits of a band, by counting. */
  private void fill(int band) {
    int[] next = starts[band];
    for (long hash : hashes) {
      next[key(hash, band) + 1]++;
    }
    for (int key = 0; key < KEYS; key++) {
      next[key + 1] += next[key];
    }
    int[] filled = next.clone();
    for (int i = 0; i < hashes.length; i++) {
      members[band][filled[key(hashes[i], band)]++] = i;
    }
  }

  /**
   * Gives every earlier hash that differs in at most so many bits; some more than once.
   *
   * @param bits at most 7
   */
  void forEachEarlierWithin(int bits, int hash, IntConsumer use) {
    for (int band = 0; band < BANDS; band++) {
      int key = key(hashes[hash], band);
      forEachEarlier(band, key, bits, hash, use);
      for (int bit = 0; bit < BAND_BITS; bit++) {
        forEachEarlier(band, key ^ 1 << bit, bits, hash, use);
      }
    }
  }

  private void forEachEarlier(int band, int key, int bits, int hash, IntConsumer use) {
    for (int at = starts[band][key]; at < starts[band][key + 1]; at++) {
      int other = members[band][at];
      if (other >= hash) {
        return;
      }
      if (Long.bitCount(hashes[hash] ^ hashes[other]) <= bits) {
        use.accept(other);
      }
    }
  }

  private static int key(long hash, int band) {
    return (int) (hash >>> band * BAND_BITS) & KEYS - 1;
  }
}
