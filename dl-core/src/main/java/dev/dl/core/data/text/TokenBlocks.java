package dev.dl.core.data.text;

import java.util.Arrays;

/**
 * One long text for a language model, cut into blocks: the inputs of a block are {@code length}
 * ids, its targets the ids that follow each of them. Each id but the first is a target once; the
 * end that does not fill a block is dropped.
 */
public final class TokenBlocks {
  private final int[] ids;
  private final int start;
  private final int end;
  private final int length;

  private TokenBlocks(int[] ids, int start, int end, int length) {
    if (length < 1) {
      throw new IllegalArgumentException("blocks of length " + length);
    }
    this.ids = ids;
    this.start = start;
    this.end = end;
    this.length = length;
  }

  /** The blocks of a whole text. */
  public static TokenBlocks of(int[] ids, int length) {
    return new TokenBlocks(ids, 0, ids.length, length);
  }

  /** The blocks of two parts of a text: the last one, a share of it, is for validation. */
  public static HeldOut holdOut(int[] ids, int length, double validationShare) {
    if (!(validationShare >= 0 && validationShare < 1)) {
      throw new IllegalArgumentException("a share of " + validationShare);
    }
    int boundary = ids.length - (int) Math.round(ids.length * validationShare);
    return new HeldOut(
        new TokenBlocks(ids, 0, boundary, length),
        new TokenBlocks(ids, boundary, ids.length, length));
  }

  /** The two parts of a text. */
  public record HeldOut(TokenBlocks training, TokenBlocks validation) {}

  /** The number of blocks. */
  public int size() {
    return Math.max(0, end - start - 1) / length;
  }

  /** How many ids at the end are in no block. */
  public int dropped() {
    return size() == 0 ? end - start : end - start - 1 - size() * length;
  }

  /** The inputs of a block. */
  public int[] inputs(int block) {
    int first = first(block);
    return Arrays.copyOfRange(ids, first, first + length);
  }

  /** What follows each input of a block. */
  public int[] targets(int block) {
    int first = first(block) + 1;
    return Arrays.copyOfRange(ids, first, first + length);
  }

  private int first(int block) {
    if (block < 0 || block >= size()) {
      throw new IndexOutOfBoundsException("block " + block + " of " + size());
    }
    return start + block * length;
  }
}
