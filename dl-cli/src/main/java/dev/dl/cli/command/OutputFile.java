package dev.dl.cli.command;

import dev.dl.core.run.FileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /** Writes a file that is seen whole or not at all, in place of one there. */
  static void replace(Path file, FileSystem.Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new CannotCreateException(file, new NoSuchFileException(folder.toString()));
    }
    if (Files.isDirectory(file)) {
      throw new CannotCreateException(file, new FileAlreadyExistsException(file.toString()));
    }
    FileSystem.local().replace(file.toAbsolutePath(), content);
  }

  private static OutputStream create(Path file) throws CannotCreateException {
    try {
      return Files.newOutputStream(file);
    } catch (IOException refused) {
      throw new CannotCreateException(file, refused);
    }
  }
}
