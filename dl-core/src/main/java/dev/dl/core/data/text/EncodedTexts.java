package dev.dl.core.data.text;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Many texts as ids, none longer than a maximum. Of a longer text the beginning is kept, and what
 * the tokenizer puts after it.
 */
public final class EncodedTexts {
  private final List<int[]> texts = new ArrayList<>();
  private int truncated;
  private int empty;

  private EncodedTexts() {}

  /**
   * Encodes texts in their order.
   *
   * @param maximum of ids in a text, with those that the tokenizer puts around it
   */
  public static EncodedTexts of(Tokenizer tokenizer, Iterator<String> texts, int maximum) {
    int around = tokenizer.idsBefore() + tokenizer.idsAfter();
    if (maximum <= around) {
      throw new IllegalArgumentException("at most " + maximum + " ids, " + around + " of no text");
    }
    EncodedTexts encoded = new EncodedTexts();
    while (texts.hasNext()) {
      int[] ids = tokenizer.encode(texts.next());
      encoded.empty += ids.length <= around ? 1 : 0;
      encoded.truncated += ids.length > maximum ? 1 : 0;
      encoded.texts.add(truncate(ids, maximum, tokenizer.idsAfter()));
    }
    return encoded;
  }

  /** The number of texts. */
  public int size() {
    return texts.size();
  }

  /** The ids of a text; not a copy. */
  public int[] ids(int text) {
    return texts.get(text);
  }

  /** The number of ids of each text. */
  public int[] lengths() {
    return texts.stream().mapToInt(ids -> ids.length).toArray();
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
