package dev.dl.training.checkpoint;

import dev.dl.core.run.FileSystem;
import dev.dl.core.run.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Storage one of whose operations fails, alone or with every one after it. A write that fails
 * leaves half of its bytes. Syncing is counted but not done: nothing here outlives the test's
 * process. Several threads may use it.
 */
final class FaultyFileSystem implements FileSystem {
  private final FileSystem storage = FileSystem.local();
  private final BiPredicate<Integer, String> fails;
  private final boolean forGood;
  private final Runnable instead;
  private final List<String> operations = new ArrayList<>();
  private final Map<String, Integer> occurrences = new HashMap<>();
  private boolean failed;

  private FaultyFileSystem(BiPredicate<Integer, String> fails, boolean forGood, Runnable instead) {
    this.fails = fails;
    this.forGood = forGood;
    this.instead = instead;
  }

  /** Storage that never fails. */
  static FaultyFileSystem none() {
    return new FaultyFileSystem((number, name) -> false, false, null);
  }

  /** Storage whose operation of this number fails, counted from 1. */
  FaultyFileSystem(int failing, boolean forGood) {
    this((number, name) -> number == failing, forGood, null);
  }

  /** Storage whose operation of this name, as in {@link #operations}, fails. */
  FaultyFileSystem(String failing, boolean forGood) {
    this((number, name) -> name.equals(failing), forGood, null);
  }

  /** Storage that never fails by itself, to which something happens before an operation. */
  static FaultyFileSystem before(String operation, Runnable happens) {
    return new FaultyFileSystem((number, name) -> name.equals(operation), false, happens);
  }

  /** Whether the failure has come. */
  synchronized boolean failed() {
    return failed;
  }

  /**
   * The operations so far: what, on which file, for which time. Unlike their order, their names do
   * not depend on how threads take turns.
   */
  synchronized List<String> operations() {
    return List.copyOf(operations);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    count("make", directory);
    storage.createDirectory(directory);
  }

  @Override
  public OutputFile create(Path file) throws IOException {
    count("create", file);
    return faulty(file, storage.create(file));
  }

  @Override
  public OutputFile append(Path file) throws IOException {
    count("append", file);
    return faulty(file, storage.append(file));
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    count("truncate", file);
    storage.truncate(file, size);
  }

  @Override
  public void move(Path source, Path target) throws IOException {
    count("move to", target);
    storage.move(source, target);
  }

  @Override
  public void delete(Path path) throws IOException {
    count("delete", path);
    storage.delete(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    count("sync names in", directory);
  }

  private OutputFile faulty(Path path, OutputFile file) {
    return new OutputFile() {
      @Override
      public void write(byte[] bytes, int start, int count) throws IOException {
        try {
          count("write", path);
        } catch (StorageException e) {
          file.write(bytes, start, count / 2);
          throw e;
        }
        file.write(bytes, start, count);
      }

      @Override
      public void sync() throws IOException {
        count("sync", path);
      }

      @Override
      public void close() throws IOException {
        file.close();
        count("close", path);
      }
    };
  }

  private synchronized void count(String operation, Path path) throws StorageException {
    String what = operation + " " + path.getParent().getFileName() + "/" + path.getFileName();
    String name = what + " " + occurrences.merge(what, 1, Integer::sum);
    operations.add(name);
    boolean now = fails.test(operations.size(), name);
    failed |= now;
    if (now && instead != null) {
      instead.run();
      return;
    }
    if (now || (forGood && failed)) {
      throw new StorageException(path, new IOException("No space left on device"));
    }
  }
}
