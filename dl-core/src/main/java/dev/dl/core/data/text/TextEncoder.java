package dev.dl.core.data.text;

import java.util.OptionalInt;

/**
 * Texts as ids, none longer than a maximum. Of a longer text the beginning is kept, and what the
 * tokenizer puts after it. Counts what was cut; used by one thread.
 */
public final class TextEncoder {
  private final Tokenizer tokenizer;
  private final int maximum;
  private final int around;
  private int truncated;
  private int empty;

  /**
   * An encoder that has seen no text.
   *
   * @param maximum of ids in a text, with those that the tokenizer puts around it
   */
  public TextEncoder(Tokenizer tokenizer, int maximum) {
    this.tokenizer = tokenizer;
    this.maximum = maximum;
    this.around = tokenizer.idsBefore() + tokenizer.idsAfter();
    if (maximum <= around) {
      throw new IllegalArgumentException("at most " + maximum + " ids, " + around + " of no text");
    }
  }

  /** The ids of a text, at least one: a text without a token is an unknown one. */
  public int[] encode(String text) {
    int[] ids = tokenizer.encode(text);
    empty += ids.length <= around ? 1 : 0;
    truncated += ids.length > maximum ? 1 : 0;
    OptionalInt unknown = tokenizer.unknownId();
    return ids.length == 0
        ? new int[] {unknown.orElse(tokenizer.size() - 1)}
        : truncate(ids, maximum, tokenizer.idsAfter());
  }

  /** How many texts lost their end. */
  public int truncated() {
    return truncated;
  }

  /** How many texts have no token of their own. */
  public int empty() {
    return empty;
  }

  private static int[] truncate(int[] ids, int maximum, int after) {
    if (ids.length <= maximum) {
      return ids;
    }
    int[] kept = new int[maximum];
    System.arraycopy(ids, 0, kept, 0, maximum - after);
    System.arraycopy(ids, ids.length - after, kept, maximum - after, after);
    return kept;
  }
}
