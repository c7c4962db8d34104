package dev.dl.core.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that a run does to storage. Reading goes past it. Each method is one operation that
 * can fail with {@link StorageException}; none creates a missing parent, so that a run directory
 * that vanished stays gone.
 */
public interface FileSystem {

  /** Storage of this machine. */
  static FileSystem local() {
    return new LocalFileSystem();
  }

  /** Makes a directory; its parent exists, it does not. */
  void createDirectory(Path directory) throws IOException;

  /** Opens a new file, or empties one that exists. */
  OutputFile create(Path file) throws IOException;

  /** Opens a file that exists, to write at its end. */
  OutputFile append(Path file) throws IOException;

  /** Cuts a file to its first {@code size} bytes. */
  void truncate(Path file, long size) throws IOException;

  /** Renames in one step; a file at the target is replaced, a directory there is an error. */
  void move(Path source, Path target) throws IOException;

  /** Deletes a file, a link or an empty directory. */
  void delete(Path path) throws IOException;

  /** Makes the names in a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /** A file being written. */
  abstract class OutputFile extends OutputStream {

    /** Makes what was written durable. */
    public abstract void sync() throws IOException;

    @Override
    public final void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public abstract void write(byte[] bytes, int start, int count) throws IOException;
  }

  /** Something that can be written to a stream. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream output) throws IOException;
  }

  /** Writes a new file and makes its bytes, not yet its name, durable. */
  default void write(Path file, Content content) throws IOException {
    try (OutputFile output = create(file)) {
      content.writeTo(output);
      output.sync();
    }
  }

  /** Writes a file in full or not at all, durably: readers see the old content or the new. */
  default void replace(Path file, Content content) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      write(temporary, content);
      move(temporary, file);
      syncDirectory(file.getParent());
    } catch (IOException | RuntimeException e) {
      deleteAfter(e, temporary);
      throw e;
    }
  }

  /** Deletes a directory with what it holds, or a file; links are not followed. */
  default void deleteTree(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> children;
      try (Stream<Path> stream = Files.list(path)) {
        children = stream.sorted().toList();
      }
      for (Path child : children) {
        deleteTree(child);
      }
    }
    delete(path);
  }

  /**
   * Deletes what a failed operation left behind, if it is there; the failure stays the one told.
   */
  default void deleteAfter(Exception failure, Path path) {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        deleteTree(path);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
