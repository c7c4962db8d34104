package dev.dl.models.generation;

import java.util.Arrays;

/** Reads one text while it is being written. */
@FunctionalInterface
interface Reader {
  /**
   * The logits of the token at {@code end}.
   *
   * @param text what was written so far, and then room for more
   * @param start the first token to be read; neither it nor {@code end} ever gets less
   */
  float[] next(int[] text, int start, int end);

  /** The logits of the last of some positions. */
  static float[] last(float[] logits, int positions, int of) {
    int vocabulary = logits.length / of;
    return Arrays.copyOfRange(logits, (positions - 1) * vocabulary, positions * vocabulary);
  }

  /** Tokens as a network takes them. */
  static float[] values(int[] text, int start, int end, int length) {
    float[] values = new float[length];
    for (int i = start; i < end; i++) {
      values[i - start] = text[i];
    }
    return values;
  }
}
