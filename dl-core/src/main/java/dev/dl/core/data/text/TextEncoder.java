package dev.dl.core.data.text;

import java.util.Arrays;

/**
 * Texts and pairs of texts as ids, none longer than a maximum. What the tokenizer puts around texts
 * is kept where they are cut. Counts what was cut; used by one thread.
 */
public final class TextEncoder {
  /** Between two texts that are read each by itself; no id. */
  public static final int BOUNDARY = -1;

  private final Tokenizer tokenizer;
  private final int maximum;
  private final Truncation truncation;
  private final int before;
  private final int around;
  private int truncated;
  private int empty;

  /**
   * An encoder that has seen no text.
   *
   * @param maximum of ids in a text or a pair, with those that the tokenizer puts around
   */
  public TextEncoder(Tokenizer tokenizer, int maximum, Truncation truncation) {
    this.tokenizer = tokenizer;
    this.maximum = maximum;
    this.truncation = truncation;
    this.before = tokenizer.idsBefore();
    this.around = before + tokenizer.idsAfter();
    int ofPairs = tokenizer.pairForm().map(PairForm::length).orElse(0);
    if (maximum <= Math.max(around, ofPairs)) {
      throw new IllegalArgumentException("at most " + maximum + " ids, " + around + " of no text");
    }
  }

  /** The ids of a text, at least one: a text without a token is an unknown one. */
  public int[] encode(String text) {
    int[] ids = tokenizer.encode(text);
    empty += ids.length <= around ? 1 : 0;
    if (ids.length <= maximum) {
      return orUnknown(ids);
    }
    truncated++;
    int end = ids.length - (around - before);
    int[] kept = truncation.cut(Arrays.copyOfRange(ids, before, end), maximum - around);
    int[] whole = Arrays.copyOf(ids, maximum);
    System.arraycopy(kept, 0, whole, before, kept.length);
    System.arraycopy(ids, end, whole, before + kept.length, around - before);
    return whole;
  }

  /**
   * The tokens of a pair as {@link PairForm} writes them, at least one.
   *
   * @throws IllegalStateException if the tokenizer has no form for pairs
   */
  public int[] encode(String first, String second) {
    PairForm form =
        tokenizer.pairForm().orElseThrow(() -> new IllegalStateException("no form for pairs"));
    int[] firstIds = tokenizer.encodePart(first);
    int[] secondIds = tokenizer.encodePart(second);
    int room = maximum - form.length();
    int all = firstIds.length + secondIds.length;
    int kept = truncation.keptOfFirst(firstIds.length, secondIds.length, room);
    empty += firstIds.length == 0 || secondIds.length == 0 ? 1 : 0;
    truncated += all > room ? 1 : 0;
    return orUnknown(
        form.join(
            truncation.cut(firstIds, kept),
            truncation.cut(secondIds, room - kept),
            tokenizer.size()));
  }

  /** The ids of two texts, each as long as it may be, with {@link #BOUNDARY} between them. */
  public int[] encodeEach(String first, String second) {
    int cut = truncated;
    int none = empty;
    int[] firstIds = encode(first);
    int[] secondIds = encode(second);
    truncated = Math.min(truncated, cut + 1);
    empty = Math.min(empty, none + 1);
    int[] both = Arrays.copyOf(firstIds, firstIds.length + 1 + secondIds.length);
    both[firstIds.length] = BOUNDARY;
    System.arraycopy(secondIds, 0, both, firstIds.length + 1, secondIds.length);
    return both;
  }

  private int[] orUnknown(int[] ids) {
    return ids.length == 0 ? new int[] {tokenizer.unknownId().orElse(tokenizer.size() - 1)} : ids;
  }

  /** How many texts or pairs were cut. */
  public int truncated() {
    return truncated;
  }

  /** How many texts have no token of their own, or pairs a text without one. */
  public int empty() {
    return empty;
  }
}
