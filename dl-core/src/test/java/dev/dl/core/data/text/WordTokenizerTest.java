package dev.dl.core.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.run.DamagedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordTokenizerTest {
  private static final List<String> TEXTS = List.of("b a B, a!", "c a b c;");

  @TempDir Path directory;

  @Test
  void takesRunsOfLettersAndDigitsAndSingleOtherCharactersForWords() {
    assertThat(new Words(false).of("It's 3.5 EUR\u00A0--\tnaïve😀 \u0939\u093F\u0928\u094D"))
        .containsExactly(
            "It",
            "'",
            "s",
            "3",
            ".",
            "5",
            "EUR",
            "-",
            "-",
            "naïve",
            "😀",
            "\u0939\u093F\u0928\u094D");
    assertThat(new Words(true).of("ÀB cafe\u0301")).containsExactly("àb", "caf\u00E9");
    assertThat(new Words(true).of(" \n\t ")).isEmpty();
  }

  @Test
  void learnsTheMostFrequentWordsAndBreaksTiesByTheirLetters() {
    WordTokenizer all = WordTokenizer.fit(TEXTS.iterator(), true, 100, 1);
    assertThat(tokens(all)).containsExactly("<padding>", "<unknown>", "a", "b", "c", "!", ",", ";");
    assertThat(tokens(WordTokenizer.fit(TEXTS.iterator(), true, 5, 1)))
        .containsExactly("<padding>", "<unknown>", "a", "b", "c");
    assertThat(tokens(WordTokenizer.fit(TEXTS.iterator(), true, 100, 3)))
        .containsExactly("<padding>", "<unknown>", "a", "b");
    assertThat(tokens(WordTokenizer.fit(TEXTS.iterator(), false, 100, 2)))
        .containsExactly("<padding>", "<unknown>", "a", "b", "c");
  }

  @Test
  void encodesAndDecodes() {
    WordTokenizer tokenizer = WordTokenizer.fit(TEXTS.iterator(), true, 5, 1);
    assertThat(tokenizer.encode("A new B")).containsExactly(2, 1, 3);
    assertThat(tokenizer.encode("")).isEmpty();
    assertThat(tokenizer.decode(new int[] {2, 1, 3, 0})).isEqualTo("a <unknown> b");
    assertThat(tokenizer.paddingId()).isZero();
    assertThat(tokenizer.unknownId()).hasValue(1);
  }

  @Test
  void hasTheSameIdsAfterItIsWrittenAndRead() throws IOException {
    Path file = directory.resolve("tokenizer.json");
    for (boolean lowerCase : List.of(true, false)) {
      WordTokenizer tokenizer = WordTokenizer.fit(TEXTS.iterator(), lowerCase, 100, 1);
      Files.write(file, tokenizer.bytes());
      Tokenizer read = Tokenizer.read(file);
      assertThat(tokens(read)).isEqualTo(tokens(tokenizer));
      assertThat(read.encode("A a B; d")).isEqualTo(tokenizer.encode("A a B; d"));
    }
  }

  @Test
  void refusesDamagedFiles() throws IOException {
    for (String damaged :
        List.of(
            "{\"kind\": \"WORD\", \"lowerCase\": true, \"tokens\": [\"a\", \"a\"]}",
            "{\"kind\": \"WORDS\", \"lowerCase\": true, \"tokens\": []}",
            "{\"kind\": \"WORD\", \"lowerCase\": true}",
            "{\"kind\": \"WORD\", \"lowerCase\": true, \"tokens\": [null]}",
            "{\"lowerCase\": true, \"tokens\": []}")) {
      Path file = Files.writeString(directory.resolve("tokenizer.json"), damaged);
      assertThatThrownBy(() -> Tokenizer.read(file)).isInstanceOf(DamagedFileException.class);
    }
  }

  private static List<String> tokens(Tokenizer tokenizer) {
    return IntStream.range(0, tokenizer.size()).mapToObj(tokenizer::token).toList();
  }
}
