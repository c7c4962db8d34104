package dev.dl.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that an option asks for. */
final class OutputFile {
  private OutputFile() {}

  /** Writes a text, or replaces the file that is there. */
  static void write(Path file, String text) throws IOException {
    try (OutputStream out = create(file)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static OutputStream create(Path file) throws CannotCreateException {
    try {
      return Files.newOutputStream(file);
    } catch (IOException refused) {
      throw new CannotCreateException(file, refused);
    }
  }
}
