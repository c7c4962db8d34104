package dev.dl.training.checkpoint;

import dev.dl.core.run.FileSystem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Storage that notes what is done to it, below one folder, in the order in which it is done. {@link
 * PowerCuts} says what a power cut after each of these operations may leave.
 */
final class RecordingFileSystem implements FileSystem {
  /** The folder itself, as a number of a file or directory. */
  static final int ROOT = 0;

  private final FileSystem storage = FileSystem.local();
  private final Path root;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<Integer, Map<String, Integer>> directories = new HashMap<>();
  private int numbers = ROOT;

  /** What storage is told, in terms of the numbers of files and directories. */
  sealed interface Operation {

    /** A new file or directory, which has no name yet. */
    record Make(int number, boolean directory) implements Operation {}

    /** Names in a directory that change together: those of null go. */
    record Name(int directory, Map<String, Integer> entries) implements Operation {}

    /** A file's bytes from now on. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Fill(int file, byte[] content) implements Operation {}

    /** A file's bytes, or a directory's names, are durable. */
    record Sync(int number) implements Operation {}
  }

  RecordingFileSystem(Path root) {
    this.root = root;
    directories.put(ROOT, new HashMap<>());
  }

  List<Operation> operations() {
    return Collections.unmodifiableList(operations);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    storage.createDirectory(directory);
    int number = make(true);
    directories.put(number, new HashMap<>());
    name(directory, number);
  }

  @Override
  public OutputFile create(Path file) throws IOException {
    OutputFile output = storage.create(file);
    Integer number = find(file);
    if (number == null) {
      number = make(false);
      name(file, number);
    }
    operations.add(new Operation.Fill(number, new byte[0]));
    return recorded(output, number);
  }

  @Override
  public OutputFile append(Path file) throws IOException {
    return recorded(storage.append(file), find(file));
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    throw new UnsupportedOperationException("nothing was torn here");
  }

  @Override
  public void move(Path source, Path target) throws IOException {
    if (!source.getParent().equals(target.getParent())) {
      throw new IllegalArgumentException("from one directory to another: " + target);
    }
    storage.move(source, target);
    Map<String, Integer> entries = new HashMap<>();
    entries.put(source.getFileName().toString(), null);
    entries.put(target.getFileName().toString(), find(source));
    change(find(source.getParent()), entries);
  }

  @Override
  public void delete(Path path) throws IOException {
    storage.delete(path);
    name(path, null);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    operations.add(new Operation.Sync(find(directory)));
  }

  private OutputFile recorded(OutputFile output, int number) {
    return new OutputFile() {
      @Override
      public void write(byte[] bytes, int start, int count) throws IOException {
        output.write(bytes, start, count);
        ByteArrayOutputStream grown = new ByteArrayOutputStream();
        grown.writeBytes(content(number));
        grown.write(bytes, start, count);
        operations.add(new Operation.Fill(number, grown.toByteArray()));
      }

      @Override
      public void sync() {
        operations.add(new Operation.Sync(number));
      }

      @Override
      public void close() throws IOException {
        output.close();
      }
    };
  }

  private byte[] content(int number) {
    for (int i = operations.size() - 1; i >= 0; i--) {
      if (operations.get(i) instanceof Operation.Fill fill && fill.file == number) {
        return fill.content;
      }
    }
    throw new IllegalStateException("a file that was not created here");
  }

  private int make(boolean directory) {
    operations.add(new Operation.Make(++numbers, directory));
    return numbers;
  }

  private void name(Path path, Integer number) {
    Map<String, Integer> entry = new HashMap<>();
    entry.put(path.getFileName().toString(), number);
    change(find(path.getParent()), entry);
  }

  private void change(int directory, Map<String, Integer> entries) {
    operations.add(new Operation.Name(directory, entries));
    directories.get(directory).putAll(entries);
  }

  /** The number of what is at a path; null where nothing is. */
  private Integer find(Path path) {
    Integer number = ROOT;
    if (!path.equals(root)) {
      for (Path element : root.relativize(path)) {
        number = directories.get(number).get(element.toString());
        if (number == null) {
          return null;
        }
      }
    }
    return number;
  }
}
