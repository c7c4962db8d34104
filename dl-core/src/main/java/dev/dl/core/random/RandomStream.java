package dev.dl.core.random;

/**
 * What random numbers are drawn for. Every use has streams of its own, so that no two of them ever
 * share a number. A code, once released, never changes: it decides the weights of recorded runs.
 */
public enum RandomStream {
  /** Which samples are held out for validation. */
  HOLD_OUT(1),
  /** The order of the samples of an epoch. */
  ORDER(2),
  /** Changes to training samples. */
  AUGMENTATION(3),
  /** Initial weights. */
  WEIGHTS(4),
  /** Which activations are dropped. */
  DROPOUT(5),
  /** Which samples of a batch are mixed, and how. */
  MIXING(6),
  /** The tokens of generated texts. */
  GENERATION(7),
  /** Where the blocks of a text begin in an epoch. */
  BLOCKS(8),
  /** Which samples are held out for the test split. */
  HOLD_OUT_FOR_TEST(9),
  /** Settings that a search tries. */
  SEARCH(10);

  private static final int INDEX_BITS = 40;
  private static final int PART_BITS = 16;

  private final int code;

  RandomStream(int code) {
    this.code = code;
  }

  /** The stream of one epoch, layer or other position; {@code index} is below 2^40. */
  public long at(long index) {
    return at(index, 0);
  }

  /** The stream of one position and a part of it: of a step (below 2^40), a layer (below 2^16). */
  public long at(long index, int part) {
    if (index >>> INDEX_BITS != 0 || part >>> PART_BITS != 0) {
      throw new IllegalArgumentException("random stream " + this + " at " + index + ", " + part);
    }
    return (long) code << (INDEX_BITS + PART_BITS) | index << PART_BITS | part;
  }
}
