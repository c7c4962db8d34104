package dev.dl.models.generation;

import dev.dl.models.network.Network;

/** Reads everything again for each token, with any network. */
record RereadingReader(Network network, int longest) implements Reader {
  /** What is read is padded to multiples of this, so that few lengths occur. */
  private static final int LENGTHS = 8;

  @Override
  public float[] next(int[] text, int start, int end) {
    int length = end - start;
    int padded = Math.min((length + LENGTHS - 1) / LENGTHS * LENGTHS, longest);
    float[] logits = network.logits(Reader.values(text, start, end, padded), 1);
    return Reader.last(logits, length, padded);
  }
}
