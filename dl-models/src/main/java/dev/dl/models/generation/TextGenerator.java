package dev.dl.models.generation;

import dev.dl.models.network.Network;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Continues texts with a network that predicts the next token at every position from those before
 * it. What the network has read of a text is remembered where its layers can, so that each token
 * takes one pass over itself alone.
 *
 * <p>A text that gets longer than what the network takes is read anew from a later token, half of
 * that length at a time: so most tokens still follow what is remembered.
 */
public final class TextGenerator {
  private final Supplier<Reader> readers;
  private final int longest;

  TextGenerator(Supplier<Reader> readers, int longest) {
    this.readers = readers;
    this.longest = longest;
  }

  /** A generator that writes what {@code network} predicts. */
  public static TextGenerator of(Network network) {
    return network.readsInParts()
        ? new TextGenerator(() -> new RememberingReader(network), network.inputShape().ids())
        : rereading(network);
  }

  /** One that reads the text from its beginning for each token, as any network can. */
  static TextGenerator rereading(Network network) {
    int longest = network.inputShape().ids();
    return new TextGenerator(() -> new RereadingReader(network, longest), longest);
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
    Reader reader = readers.get();
    int[] text = Arrays.copyOf(prompt, prompt.length + count);
    for (int position = prompt.length; position < text.length; position++) {
      float[] logits = reader.next(text, start(position), position);
      text[position] = sampling.draw(logits, position);
    }
    return Arrays.copyOfRange(text, prompt.length, text.length);
  }

  /** Where reading begins in order to tell the token at {@code position}. */
  private int start(int position) {
    int half = Math.max(1, longest / 2);
    int excess = Math.max(0, position - longest);
    return (excess + half - 1) / half * half;
  }
}
