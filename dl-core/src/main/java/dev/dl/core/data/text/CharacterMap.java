package dev.dl.core.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * SentencePiece's map of characters in a {@code tokenizer.json}: a double-array trie of what is
 * replaced (https://github.com/s-yata/darts-clone), whose leaves say where in the text behind it
 * the replacement begins. The library does not check it, and ends the process at the first text
 * that leads out of it.
 */
final class CharacterMap {
  private static final String KIND = "Precompiled";

  /** Five times those that SentencePiece comes with. */
  private static final int MOST_TRIE_BYTES = 1 << 20;

  private final IntBuffer trie;
  private final ByteBuffer text;

  private CharacterMap(byte[] bytes) {
    ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long size = bytes.length < Integer.BYTES ? 0 : Integer.toUnsignedLong(content.getInt());
    if (size < Integer.BYTES || size > Math.min(content.remaining(), MOST_TRIE_BYTES)) {
      throw broken("a trie of " + size + " bytes");
    }
    int units = (int) size / Integer.BYTES;
    trie = content.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().limit(units);
    text = content.position(Integer.BYTES + units * Integer.BYTES).slice();
  }

  /**
   * Refuses maps that some text would lead out of.
   *
   * @param normalizer one, or several in a sequence
   * @throws IllegalArgumentException that says why
   */
  static void check(JsonNode normalizer) {
    normalizer.path("normalizers").forEach(CharacterMap::check);
    if (normalizer.path("type").asText().equals(KIND)) {
      String encoded = normalizer.path("precompiled_charsmap").asText();
      new CharacterMap(Base64.getDecoder().decode(encoded)).check();
    }
  }

  /** Walks to every node that bytes lead to. */
  private void check() {
    BitSet seen = new BitSet();
    Deque<Integer> nodes = new ArrayDeque<>();
    nodes.push(offset(trie.get(0)));
    while (!nodes.isEmpty()) {
      int node = nodes.pop();
      for (int next = 1; next <= 0xff; next++) {
        int unit = unit(node ^ next);
        if ((unit & 0x800000ff) == next) {
          int child = node ^ next ^ offset(unit);
          if (((unit >> Byte.SIZE) & 1) == 1) {
            requireBeginning(unit(child) & Integer.MAX_VALUE);
          }
          if (!seen.get(child)) {
            seen.set(child);
            nodes.push(child);
          }
        }
      }
    }
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >> 6);
  }

  private int unit(int position) {
    if (position < 0 || position >= trie.limit()) {
      throw broken("a trie that leads out of itself");
    }
    return trie.get(position);
  }

  private void requireBeginning(int index) {
    boolean inside = index < text.limit() && (text.get(index) & 0xc0) == 0x80;
    if (inside || index > text.limit()) {
      throw broken("a replacement at byte " + index + ", where no character begins");
    }
  }

  private static IllegalArgumentException broken(String found) {
    return new IllegalArgumentException("a map of characters with " + found);
  }
}
