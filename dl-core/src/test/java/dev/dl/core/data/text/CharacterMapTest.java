package dev.dl.core.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dl.core.run.DamagedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A map of four rules that SentencePiece made ({@code tools/golden/charsmap.py}), and what would
 * end the process if the library were given it.
 */
class CharacterMapTest {
  @TempDir private Path folder;
  private byte[] whole;
  private int trieBytes;

  @BeforeEach
  void read() throws Exception {
    whole = getClass().getResourceAsStream("/text/four-rules.charsmap").readAllBytes();
    trieBytes = buffer(whole).getInt(0);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The small tokenizer with this map before its own normalizer. */
  private Tokenizer tokenizer(byte[] map) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode tokenizer =
        (ObjectNode) mapper.readTree(getClass().getResourceAsStream("/text/wordpiece.json"));
    ObjectNode sequence = mapper.createObjectNode().put("type", "Sequence");
    ObjectNode precompiled = sequence.putArray("normalizers").addObject();
    precompiled.put("type", "Precompiled");
    precompiled.put("precompiled_charsmap", Base64.getEncoder().encodeToString(map));
    tokenizer.set("normalizer", sequence);
    Path file = folder.resolve("tokenizer.json");
    Files.write(file, mapper.writeValueAsBytes(tokenizer));
    return Tokenizer.read(file);
  }

  private void requireRefused(byte[] map, String why) {
    assertThatThrownBy(() -> tokenizer(map))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(why);
  }

  /**
   * "love" and "##ly" with the first letter from a rule: the ligature is "fi", "…" three points.
   */
  @Test
  void readsWhatSentencePieceMakes() throws IOException {
    Tokenizer tokenizer = tokenizer(whole);

    assertThat(tokenizer.encodePart("the…")).isEqualTo(tokenizer.encodePart("the..."));
    assertThat(tokenizer.encodePart("the…")).startsWith(4).hasSizeGreaterThan(1);
  }

  @Test
  void refusesOneWithoutATrie() {
    requireRefused(new byte[0], "a trie of 0 bytes");
    requireRefused(new byte[4], "a trie of 0 bytes");
    requireRefused(Arrays.copyOf(whole, 64), "a trie of " + trieBytes + " bytes");
  }

  @Test
  void refusesATrieThatLeadsOutOfItself() {
    byte[] far = whole.clone();
    buffer(far).putInt(4, buffer(far).getInt(4) | 0x7ffffc00);
    requireRefused(far, "leads out of itself");
  }

  @Test
  void refusesReplacementsWhereNoCharacterBegins() {
    byte[] inside = whole.clone();
    for (int unit = 4; unit < 4 + trieBytes; unit += 4) {
      if (buffer(inside).getInt(unit) < 0) { // a leaf
        buffer(inside).putInt(unit, Integer.MIN_VALUE | (whole.length - trieBytes));
      }
    }
    requireRefused(inside, "where no character begins");
  }
}
