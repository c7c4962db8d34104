package dev.dl.core.data.rows;

import dev.dl.core.textfile.TextFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The rows of a reader; after the last one, the problems of all. */
final class FileRows implements Rows {
  private final Path file;
  private final RowReader reader;
  private final Problems problems;
  private Optional<Row> ahead = Optional.empty();
  private boolean ended;

  FileRows(Path file, RowReader reader, Problems problems) {
    this.file = file;
    this.reader = reader;
    this.problems = problems;
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public List<String> columns() {
    return reader.columns();
  }

  @Override
  public boolean hasNext() {
    if (ahead.isEmpty() && !ended) {
      ahead = read();
      ended = ahead.isEmpty();
    }
    if (ended) {
      problems.throwIfAny();
    }
    return !ended;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException(file + " has no more rows");
    }
    Row row = ahead.orElseThrow();
    ahead = Optional.empty();
    return row;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private Optional<Row> read() {
    try {
      return reader.next();
    } catch (TextFileException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
