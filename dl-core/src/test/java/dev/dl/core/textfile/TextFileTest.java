package dev.dl.core.textfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  private static final int BUFFER = 1 << 16;

  @TempDir Path directory;

  @Test
  void decodesCharactersAcrossBuffers() throws IOException {
    for (int before = BUFFER - 3; before <= BUFFER; before++) {
      String text = "a".repeat(before) + "😀é\n";
      for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
        assertThat(read(write(("\uFEFF" + text).getBytes(charset)))).isEqualTo(text);
      }
    }
  }

  @Test
  void countsLinesOfEveryKindBeforeABadByte() {
    assertThatThrownBy(() -> read(write(new byte[] {'\n', '\r', '\n', '\r', 'a', (byte) 0xFF})))
        .isInstanceOf(TextFileException.class)
        .hasMessageContaining("a.txt:4: found the byte 0xFF, expected UTF-8");
  }

  @Test
  void refusesACharacterThatIsCut() {
    assertThatThrownBy(() -> read(write(new byte[] {'a', (byte) 0xE2, (byte) 0x82})))
        .isInstanceOf(TextFileException.class)
        .hasMessageContaining("a.txt:1: found the byte 0xE2");
    assertThatThrownBy(() -> read(write(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'})))
        .isInstanceOf(TextFileException.class)
        .hasMessageContaining("expected UTF-16LE");
  }

  @Test
  void knowsEndingsWithoutCompression() {
    assertThat(TextFile.ending(Path.of("a.b/C.CSV.gz"))).isEqualTo("csv");
    assertThat(TextFile.ending(Path.of("a.txt"))).isEqualTo("txt");
    assertThat(TextFile.ending(Path.of("a.b/none"))).isEqualTo("none");
  }

  private static String read(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Reader reader = TextFile.open(file)) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("a.txt"), bytes);
  }
}
