package dev.dl.core.data;

import java.util.Arrays;

/** A SHA-256 for each sample, in 32 bytes each. */
final class Digests {
  private static final int LENGTH = 32;

  private final byte[] bytes;

  Digests(int count) {
    this.bytes = new byte[Math.multiplyExact(count, LENGTH)];
  }

  void put(int sample, byte[] digest) {
    System.arraycopy(digest, 0, bytes, sample * LENGTH, LENGTH);
  }

  byte[] get(int sample) {
    return Arrays.copyOfRange(bytes, sample * LENGTH, (sample + 1) * LENGTH);
  }
}
