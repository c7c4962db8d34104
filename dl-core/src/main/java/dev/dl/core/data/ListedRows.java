package dev.dl.core.data;

import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/** Rows that something else holds. */
final class ListedRows implements Rows {
  private final Path file;
  private final List<String> columns;
  private final int count;
  private final IntFunction<Row> rowAt;
  private int next;

  /**
   * @param file that messages name
   * @param count number of rows
   * @param rowAt gives each of them
   */
  ListedRows(Path file, List<String> columns, int count, IntFunction<Row> rowAt) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.count = count;
    this.rowAt = rowAt;
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean hasNext() {
    return next < count;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rowAt.apply(next++);
  }

  @Override
  public void close() {}
}
