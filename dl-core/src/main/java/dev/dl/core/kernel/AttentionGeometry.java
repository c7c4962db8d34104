package dev.dl.core.kernel;

/**
 * The shape of scaled dot-product attention.
 *
 * @param length of the sequences
 * @param heads that attend independently
 * @param headSize features of each head
 * @param causal whether a position attends only to itself and those before it
 */
public record AttentionGeometry(int length, int heads, int headSize, boolean causal) {

  public AttentionGeometry {
    if (length < 1 || heads < 1 || headSize < 1) {
      throw new IllegalArgumentException(
          "attention over " + length + " positions with " + heads + " heads of " + headSize);
    }
  }

  /** The same over sequences of another length. */
  public AttentionGeometry ofLength(int other) {
    return new AttentionGeometry(other, heads, headSize, causal);
  }

  /** Features of all heads together. */
  public int features() {
    return heads * headSize;
  }

  /** What products of queries and keys are multiplied by. */
  public double scale() {
    return 1 / Math.sqrt(headSize);
  }

  /** The number of one row of probabilities: of a query of one head of one sample. */
  public long row(long sample, int head, int query) {
    return (sample * heads + head) * length + query;
  }

  /** The blocks of dropout that a row of probabilities takes. */
  public int blocksPerRow() {
    return (length + DropoutMask.BLOCK - 1) / DropoutMask.BLOCK;
  }
}
