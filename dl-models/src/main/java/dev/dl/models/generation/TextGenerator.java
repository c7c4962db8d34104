package dev.dl.models.generation;

import dev.dl.models.network.Network;
import java.util.Arrays;

/**
 * Continues texts with a network that predicts the next token at every position from those before
 * it. Each token takes a forward pass over as much of the text as the network takes.
 */
public final class TextGenerator {
  /** Contexts are padded to multiples of this, so that few lengths occur. */
  private static final int LENGTHS = 8;

  private final Model model;
  private final int longest;

  /** What predicts the next token. */
  @FunctionalInterface
  interface Model {
    /**
     * Logits of each position.
     *
     * @param tokens with padding after them
     */
    float[] logits(float[] tokens);
  }

  TextGenerator(Model model, int longest) {
    this.model = model;
    this.longest = longest;
  }

  /** A generator that writes what {@code network} predicts. */
  public static TextGenerator of(Network network) {
    return new TextGenerator(tokens -> network.logits(tokens, 1), network.inputShape().ids());
  }

  /**
   * The tokens after {@code prompt}.
   *
   * @param prompt at least one token; of a longer one than the network takes, the end is read
   * @param count how many tokens to write
   */
  public int[] continuation(int[] prompt, int count, Sampling sampling) {
    if (prompt.length == 0 || count < 0) {
      throw new IllegalArgumentException(
          "got a prompt of %d tokens and %d to write, expected at least 1 and 0"
              .formatted(prompt.length, count));
    }
    int[] text = Arrays.copyOf(prompt, prompt.length + count);
    for (int position = prompt.length; position < text.length; position++) {
      text[position] = sampling.draw(next(text, position), position);
    }
    return Arrays.copyOfRange(text, prompt.length, text.length);
  }

  /** The logits of the token at {@code position}, by those before it. */
  private float[] next(int[] text, int position) {
    int length = Math.min(position, longest);
    int padded = Math.min((length + LENGTHS - 1) / LENGTHS * LENGTHS, longest);
    float[] context = new float[padded];
    for (int i = 0; i < length; i++) {
      context[i] = text[position - length + i];
    }
    float[] logits = model.logits(context);
    int vocabulary = logits.length / padded;
    return Arrays.copyOfRange(logits, (length - 1) * vocabulary, length * vocabulary);
  }
}
