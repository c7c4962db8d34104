package dev.dl.core.data;

import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.text.TextFiles;
import dev.dl.core.textfile.TextFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * A folder with one sub-folder of text files for each class, named after it, as rows of a text and
 * its class.
 *
 * @param columns the names that the spec gives to text and class
 * @param skipped what else was there, one line each
 */
record TextFolder(
    Path folder, List<Path> files, List<String> classes, List<String> columns, List<String> skipped)
    implements RowSource {
  private static final long LONGEST = 1 << 24;

  /** All the sub-folders. */
  static TextFolder of(Path folder, DataSpec spec) throws IOException {
    return of(folder, subFolders(folder), spec);
  }

  /**
   * Some of the sub-folders.
   *
   * @param names of the classes, and so of their folders
   */
  static TextFolder of(Path folder, List<String> names, DataSpec spec) throws IOException {
    List<Path> files = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (String name : names) {
      TextFiles found = TextFiles.of(folder.resolve(name));
      found.skipped().forEach(line -> skipped.add("skipped " + line));
      for (Path file : found.files()) {
        files.add(file);
        classes.add(name);
      }
    }
    if (files.isEmpty()) {
      throw new DataException(folder, "no text files", "one sub-folder of them for each class");
    }
    return new TextFolder(
        folder, files, classes, List.of(spec.text().column(), spec.target().column()), skipped);
  }

  private static List<String> subFolders(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(Files::isDirectory)
          .map(child -> child.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Override
  public Rows open() {
    return new Texts();
  }

  /** A whole text. */
  static String read(Path file) throws IOException {
    if (Files.size(file) > LONGEST) {
      throw new DataException(file, Files.size(file) + " bytes", "a text of at most " + LONGEST);
    }
    try (Reader reader = TextFile.open(file)) {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    }
  }

  /** The files one after the other. */
  private final class Texts implements Rows {
    private int next;

    @Override
    public Path file() {
      return folder;
    }

    @Override
    public LongFunction<String> places() {
      return line -> files.get((int) line - 1).toString();
    }

    @Override
    public List<String> columns() {
      return columns;
    }

    @Override
    public boolean hasNext() {
      return next < files.size();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        Row row = new Row(next + 1L, List.of(read(files.get(next)), classes.get(next)));
        next++;
        return row;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
