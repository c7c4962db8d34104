package dev.dl.core.run;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** {@link FileSystem} over the files of this machine. */
final class LocalFileSystem implements FileSystem {

  @FunctionalInterface
  private interface Operation<T> {
    T run() throws IOException;
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    perform(directory, () -> Files.createDirectory(directory));
  }

  @Override
  public OutputFile create(Path file) throws IOException {
    return open(file, WRITE, CREATE, TRUNCATE_EXISTING);
  }

  @Override
  public OutputFile append(Path file) throws IOException {
    return open(file, WRITE, APPEND);
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    perform(
        file,
        () -> {
          try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.truncate(size);
            channel.force(true);
          }
          return null;
        });
  }

  @Override
  public void move(Path source, Path target) throws IOException {
    perform(target, () -> Files.move(source, target, StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void delete(Path path) throws IOException {
    perform(
        path,
        () -> {
          Files.delete(path);
          return null;
        });
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
      return; // directories cannot be opened there; NTFS keeps names in its journal
    }
    perform(
        directory,
        () -> {
          try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
          }
          return null;
        });
  }

  private static OutputFile open(Path file, OpenOption... options) throws IOException {
    FileChannel channel = perform(file, () -> FileChannel.open(file, options));
    return new OutputFile() {
      @Override
      public void write(byte[] bytes, int start, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, start, count);
        try {
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        } catch (IOException e) {
          throw StorageException.withRoom(e, file, buffer.remaining(), file.getParent());
        }
      }

      @Override
      public void sync() throws IOException {
        perform(
            file,
            () -> {
              channel.force(true);
              return null;
            });
      }

      @Override
      public void close() throws IOException {
        perform(
            file,
            () -> {
              channel.close();
              return null;
            });
      }
    };
  }

  private static <T> T perform(Path path, Operation<T> operation) throws IOException {
    try {
      return operation.run();
    } catch (FileAlreadyExistsException e) {
      throw e; // not trouble with the storage, but an answer
    } catch (IOException e) {
      throw new StorageException(path, e);
    }
  }
}
