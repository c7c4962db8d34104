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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

    assertThat(parts(folder)).containsExactly("one\n", "two\n", "\n", "three\n", "\n", "four");
    assertThat(TextFiles.of(folder).skipped())
        .containsExactly(folder.resolve("e.md") + ": does not end in .txt or .txt.gz");
  }

  @Test
  void putsAnEmptyLineBetweenTextsThatEndWithoutOneAndNoneAroundEmptyFiles() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "");
    Files.writeString(folder.resolve("b.txt"), "one");
    Files.writeString(folder.resolve("c.txt"), "");
    Files.writeString(folder.resolve("d.txt"), "two");

    assertThat(parts(folder)).containsExactly("one", "\n\n", "two");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void namesPipesAndLinksToNothing() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "one");
    Files.createSymbolicLink(folder.resolve("b.txt"), folder.resolve("nowhere"));
    Process pipe = new ProcessBuilder("mkfifo", folder.resolve("c.txt").toString()).start();
    assertThat(pipe.waitFor(10, TimeUnit.SECONDS)).isTrue();

    assertThat(parts(folder)).containsExactly("one");
    assertThat(TextFiles.of(folder).skipped())
        .containsExactly(
            folder.resolve("b.txt") + ": not a file but a link to nothing, pipe, socket or device",
            folder.resolve("c.txt") + ": not a file but a link to nothing, pipe, socket or device");
  }

  @Test
  void readsOneFileWhateverItsName() throws IOException {
    Path file = Files.writeString(folder.resolve("book"), "Café\n");
    assertThat(parts(file)).containsExactly("Café\n");

    Files.write(file, "Café\n".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> parts(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(TextFileException.class)
        .hasMessageContaining(file + ":1: found the byte 0xE9");
  }

  @Test
  void encodesAsOneText() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "ab\nba");
    CharacterTokenizer tokenizer = CharacterTokenizer.fit(parts(file).iterator());
    try (TextParts parts = TextFiles.of(file).parts()) {
      assertThat(tokenizer.encodeParts(parts)).containsExactly(3, 4, 2, 4, 3);
    }
  }

  private static List<String> parts(Path place) throws IOException {
    List<String> all = new ArrayList<>();
    try (TextParts parts = TextFiles.of(place).parts()) {
      parts.forEachRemaining(all::add);
    }
    return all;
  }
}
