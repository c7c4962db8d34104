package dev.dl.core.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dl.core.run.DamagedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids by Hugging Face's tokenizers in Python: {@code tools/golden/subword.py}. */
class SubwordTokenizerTest {
  private static final String MINILM = "dl.test.minilm-tokenizer";

  @TempDir Path directory;
  private Path file;
  private Tokenizer tokenizer;

  @BeforeEach
  void read() throws Exception {
    file = Path.of(SubwordTokenizerTest.class.getResource("/text/wordpiece.json").toURI());
    tokenizer = Tokenizer.read(file);
  }

  @Test
  void givesTheIdsOfTheReferenceWithoutTruncationAndPadding() {
    assertThat(tokenizer.encode("The weather is lovely today."))
        .containsExactly(2, 4, 5, 6, 7, 8, 9, 10, 11, 3);
    assertThat(tokenizer.encode("Unwanted café!")).containsExactly(2, 12, 13, 14, 15, 16, 3);
    assertThat(tokenizer.encode("unloved 😀 day")).containsExactly(2, 1, 1, 1, 3);
    assertThat(tokenizer.encode("")).containsExactly(2, 3);
    assertThat(tokenizer.encodePart("unwanted")).containsExactly(12, 13, 14);
    assertThat(tokenizer.encode("the ".repeat(1000))).hasSize(1002);
  }

  @Test
  void knowsItsVocabulary() {
    assertThat(tokenizer.size()).isEqualTo(17);
    assertThat(tokenizer.token(8)).isEqualTo("##ly");
    assertThat(tokenizer.paddingId()).isZero();
    assertThat(tokenizer.unknownId()).hasValue(1);
    assertThat(tokenizer.idsBefore()).isEqualTo(1);
    assertThat(tokenizer.idsAfter()).isEqualTo(1);
  }

  @Test
  void decodesWithoutWhatWasPutAround() {
    assertThat(tokenizer.decode(new int[] {2, 4, 5, 6, 7, 8, 9, 10, 11, 3, 0, 0}))
        .isEqualTo("the weather is lovely today.");
  }

  @Test
  void keepsWhatIsPutAfterATextThatIsCut() {
    TextEncoder texts = new TextEncoder(tokenizer, 4, Truncation.USUAL);
    assertThat(texts.encode("the weather is")).containsExactly(2, 4, 5, 3);
    assertThat(texts.encode("the")).hasSize(3);
    assertThat(texts.encode("")).hasSize(2);
    assertThat(texts.truncated()).isEqualTo(1);
    assertThat(texts.empty()).isEqualTo(1);
    Truncation left = new Truncation(Truncation.Strategy.LONGEST_FIRST, Truncation.Side.LEFT);
    assertThat(new TextEncoder(tokenizer, 4, left).encode("the weather is"))
        .containsExactly(2, 5, 6, 3);
  }

  @Test
  void isWrittenByteForByte() throws IOException {
    Path copy = directory.resolve("tokenizer.json");
    Files.write(copy, tokenizer.bytes());
    assertThat(copy).hasSameBinaryContentAs(file);
    String text = "Unwanted weather, 😀!";
    assertThat(Tokenizer.read(copy).encode(text)).isEqualTo(tokenizer.encode(text));
  }

  @Test
  void readsAVocabularyOfBertToTheSameIds() throws IOException {
    String tokens =
        IntStream.range(0, tokenizer.size())
            .mapToObj(tokenizer::token)
            .collect(Collectors.joining("\n", "", "\n"));
    Path list = Files.writeString(directory.resolve("vocab.txt"), tokens);
    Tokenizer read = Tokenizer.readVocabulary(list, true);
    for (String text : List.of("The weather is lovely today.", "Unwanted café!", "😀 day", "")) {
      assertThat(read.encode(text)).isEqualTo(tokenizer.encode(text));
      assertThat(read.encodePart(text)).isEqualTo(tokenizer.encodePart(text));
    }
    assertThat(read.size()).isEqualTo(tokenizer.size());
    assertThat(read.paddingId()).isZero();
    assertThat(read.decode(new int[] {2, 4, 5, 3})).isEqualTo("the weather");
    assertThat(Tokenizer.readVocabulary(list, false).encode("The the")).containsExactly(2, 1, 4, 3);

    Path copy = Files.write(directory.resolve("tokenizer.json"), read.bytes());
    assertThat(Tokenizer.read(copy).encode("Unwanted café!"))
        .isEqualTo(tokenizer.encode("Unwanted café!"));
  }

  @Test
  void refusesFilesThatAreNoVocabulary() throws IOException {
    for (String content : List.of("", "the\nweather\n", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\nthe\n")) {
      Path list = Files.writeString(directory.resolve("vocab.txt"), content);
      assertThatThrownBy(() -> Tokenizer.readVocabulary(list, true))
          .isInstanceOf(DamagedFileException.class)
          .hasMessageStartingWith(list.toString());
    }
    Path bytes = Files.write(directory.resolve("vocab.txt"), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> Tokenizer.readVocabulary(bytes, true))
        .isInstanceOf(DamagedFileException.class);
  }

  @Test
  void givesTheSameIdsOnManyThreads() {
    int[] expected = tokenizer.encode("Unwanted café!");
    assertThat(
            IntStream.range(0, 2000).parallel().mapToObj(i -> tokenizer.encode("Unwanted café!")))
        .allSatisfy(ids -> assertThat(ids).isEqualTo(expected));
  }

  @Test
  void refusesFilesThatAreNoTokenizer() throws IOException {
    String whole = Files.readString(file);
    for (String damaged :
        List.of(
            "",
            "[]",
            "{\"model\": {}}",
            "{\"model\": " + "[".repeat(10_000),
            whole.substring(0, whole.length() / 2),
            whole.replace("\"WordPiece\"", "\"Unheard\""),
            whole.replace("\"##ly\": 8", "\"##ly\": -8"),
            whole.replace("\"##ly\": 8", "\"##ly\": 2000000000"),
            whole.replace("\"unk_token\": \"[UNK]\"", "\"dropout\": 0.1"))) {
      Path other = Files.writeString(directory.resolve("tokenizer.json"), damaged);
      assertThatThrownBy(() -> Tokenizer.read(other))
          .isInstanceOf(DamagedFileException.class)
          .hasMessageStartingWith(other.toString());
    }
  }

  @Test
  void saysThatTheLibraryDoesNotRunHere() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-DRUST_LIBRARY_PATH=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Reading.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes()))
        .contains("TokenizerLibraryException: found no library for tokenizer.json that runs here");
  }

  /** In the artifact that DATA.md names: the sentence-transformers model all-MiniLM-L6-v2. */
  @Test
  void givesTheIdsOfMiniLm() throws IOException {
    String place = System.getProperty(MINILM);
    assumeTrue(place != null, "skipped: -D" + MINILM + " names no tokenizer.json of all-MiniLM");
    Tokenizer miniLm = Tokenizer.read(Path.of(place));
    assertThat(miniLm.encode("The weather is lovely today."))
        .containsExactly(101, 1996, 4633, 2003, 8403, 2651, 1012, 102);
    assertThat(miniLm.size()).isEqualTo(30_522);
  }

  /** Reads a tokenizer in a process of its own. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] arguments) {
      try {
        Tokenizer.read(Path.of(arguments[0]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
