package dev.dl.training.checkpoint;

import dev.dl.core.run.FileSystem;
import dev.dl.core.run.StorageException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Storage whose Nth operation fails, alone or with every one after it. A write that fails leaves
 * half of its bytes. Syncing is counted but not done: nothing here outlives the test's process.
 */
final class FaultyFileSystem implements FileSystem {
  private final FileSystem storage = FileSystem.local();
  private final int failing;
  private final boolean forGood;
  private int operations;

  FaultyFileSystem(int failing, boolean forGood) {
    this.failing = failing;
    this.forGood = forGood;
  }

  /** Storage that never fails. */
  static FaultyFileSystem none() {
    return new FaultyFileSystem(Integer.MAX_VALUE, false);
  }

  /** Whether the failure has come; if not, N was beyond the last operation. */
  boolean failed() {
    return operations >= failing;
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    count(directory);
    storage.createDirectory(directory);
  }

  @Override
  public OutputFile create(Path file) throws IOException {
    count(file);
    return faulty(file, storage.create(file));
  }

  @Override
  public OutputFile append(Path file) throws IOException {
    count(file);
    return faulty(file, storage.append(file));
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    count(file);
    storage.truncate(file, size);
  }

  @Override
  public void move(Path source, Path target) throws IOException {
    count(target);
    storage.move(source, target);
  }

  @Override
  public void delete(Path path) throws IOException {
    count(path);
    storage.delete(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    count(directory);
  }

  private OutputFile faulty(Path path, OutputFile file) {
    return new OutputFile() {
      @Override
      public void write(byte[] bytes, int start, int count) throws IOException {
        try {
          count(path);
        } catch (StorageException e) {
          file.write(bytes, start, count / 2);
          throw e;
        }
        file.write(bytes, start, count);
      }

      @Override
      public void sync() throws IOException {
        count(path);
      }

      @Override
      public void close() throws IOException {
        file.close();
        count(path);
      }
    };
  }

  private void count(Path path) throws StorageException {
    operations++;
    if (operations == failing || (forGood && operations > failing)) {
      throw new StorageException(path, new IOException("No space left on device"));
    }
  }
}
