package dev.dl.core.data.audit;

import java.util.Arrays;

/**
 * What a text consists of, in any order: each three words that follow each other, as hashes. A word
 * is a run of letters and digits, whatever their case, or one Chinese character; of a text of fewer
 * than three words, all of it is one shingle.
 */
public final class Shingles {
  private static final int WORDS = 3;

  /** Of a longer text, the beginning is compared: at most 16 kB are kept of each. */
  private static final int MOST = 1 << 12;

  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long[] window = new long[WORDS];
  private final int[] hashes = new int[MOST];
  private int words;
  private int count;

  private Shingles() {}

  /** The hashes of the shingles of a text, sorted, each once; none of a text without a word. */
  public static int[] of(String text) {
    Shingles shingles = new Shingles();
    long word = 0;
    for (int i = 0; i < text.length() && shingles.count < MOST; ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      boolean alone = Character.isIdeographic(point);
      boolean inWord = Character.isLetterOrDigit(point) && !alone;
      if (!inWord && word != 0) {
        shingles.add(word);
        word = 0;
      }
      if (alone) {
        shingles.add(FNV_START ^ point);
      } else if (inWord) {
        word = ((word == 0 ? FNV_START : word) ^ Character.toLowerCase(point)) * FNV_PRIME;
      }
    }
    if (word != 0) {
      shingles.add(word);
    }
    return shingles.sorted();
  }

  private void add(long word) {
    window[words++ % WORDS] = word;
    if (words >= WORDS && count < MOST) {
      hashes[count++] = hash(WORDS);
    }
  }

  private int hash(int length) {
    long hash = FNV_START;
    for (int i = words - length; i < words; i++) {
      hash = MinHash.mix(hash ^ window[i % WORDS]);
    }
    return (int) (hash >>> Integer.SIZE);
  }

  private int[] sorted() {
    if (words > 0 && words < WORDS) {
      hashes[count++] = hash(words);
    }
    return Arrays.stream(hashes, 0, count).sorted().distinct().toArray();
  }
}
