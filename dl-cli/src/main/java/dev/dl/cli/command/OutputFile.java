package dev.dl.cli.command;

import dev.dl.core.run.FileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that an option asks for: seen whole or not at all, in place of one that is there. */
final class OutputFile {
  private OutputFile() {}

  static void replace(Path file, String text) throws IOException {
    replace(file, output -> output.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes a file; what a link leads to is replaced, not the link; pipes and devices are fed. */
  static void replace(Path file, FileSystem.Content content) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CannotCreateException(file, new FileAlreadyExistsException(file.toString()));
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      try (OutputStream output = Files.newOutputStream(file)) {
        content.writeTo(output);
      }
      return;
    }
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = target.getParent();
    if (!Files.isDirectory(folder)) {
      throw new CannotCreateException(file, new NoSuchFileException(folder.toString()));
    }
    if (!Files.isWritable(folder)) {
      throw new CannotCreateException(file, new AccessDeniedException(folder.toString()));
    }
    FileSystem.local().replace(target, content);
  }
}
