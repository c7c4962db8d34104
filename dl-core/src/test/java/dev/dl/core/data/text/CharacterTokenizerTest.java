package dev.dl.core.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CharacterTokenizerTest {
  private static final CharacterTokenizer TOKENIZER =
      CharacterTokenizer.fit(List.of("ba\n", "😀\uFFFFe\u0301").iterator());

  @TempDir Path directory;

  @Test
  void takesPairsOfSurrogatesAndComposedAccentsForOneCharacter() {
    assertThat(TOKENIZER.size()).isEqualTo(8);
    assertThat(TOKENIZER.encode("\nab\u00E9e\u0301\uFFFF😀")).containsExactly(2, 3, 4, 5, 5, 6, 7);
    assertThat(TOKENIZER.encode("e😁")).containsExactly(1, 1);
  }

  @Test
  void decodesToTheText() {
    assertThat(TOKENIZER.decode(new int[] {4, 3, 7, 1, 0, 0})).isEqualTo("ba😀\uFFFD");
  }

  @Test
  void hasTheSameIdsAfterItIsWrittenAndRead() throws IOException {
    Path file = directory.resolve("tokenizer.json");
    Files.write(file, TOKENIZER.bytes());
    assertThat(Tokenizer.read(file).encode("ba\n😀éz")).isEqualTo(TOKENIZER.encode("ba\n😀éz"));
  }
}
