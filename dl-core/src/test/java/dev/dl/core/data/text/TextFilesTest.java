package dev.dl.core.data.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.textfile.TextFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
  @TempDir Path folder;

  @Test
  void readsTheTextsOfAFolderInTheOrderOfTheirNames() throws IOException {
    Files.write(folder.resolve("b.txt"), "\uFEFFthree\r\n".getBytes(UTF_16LE));
    try (OutputStream gzip =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.txt.gz")))) {
      gzip.write("one\ntwo\n".getBytes(UTF_8));
    }
    Files.createDirectory(folder.resolve("c"));
    Files.writeString(folder.resolve("c/d.TXT"), "four");
    Files.writeString(folder.resolve("e.md"), "no text");
    Files.writeString(folder.resolve(".hidden.txt"), "no text");
    Files.createSymbolicLink(folder.resolve("loop"), folder);

    assertThat(parts(folder, UTF_8)).containsExactly("one\n", "two\n", "three\n", "four");
    assertThat(TextFiles.of(folder).skipped())
        .containsExactly(folder.resolve("e.md") + ": does not end in .txt or .txt.gz");
  }

  @Test
  void readsOneFileWhateverItsName() throws IOException {
    Path file = Files.write(folder.resolve("book"), "Café\n".getBytes(ISO_8859_1));
    assertThat(parts(file, ISO_8859_1)).containsExactly("Café\n");
    assertThatThrownBy(() -> parts(file, UTF_8))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(TextFileException.class)
        .hasMessageContaining(file + ":1: found the byte 0xE9");
  }

  @Test
  void encodesAsOneText() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "ab\nba");
    CharacterTokenizer tokenizer = CharacterTokenizer.fit(parts(file, UTF_8).iterator());
    try (TextParts parts = TextFiles.of(file).parts(UTF_8)) {
      assertThat(tokenizer.encodeParts(parts)).containsExactly(3, 4, 2, 4, 3);
    }
  }

  private static List<String> parts(Path place, Charset charset) throws IOException {
    List<String> all = new ArrayList<>();
    try (TextParts parts = TextFiles.of(place).parts(charset)) {
      parts.forEachRemaining(all::add);
    }
    return all;
  }
}
