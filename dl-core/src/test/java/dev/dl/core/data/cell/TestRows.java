package dev.dl.core.data.cell;

import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Rows in memory, as if from {@code table.csv}: a header on line 1, each row on a line below. */
public final class TestRows implements Rows {
  public static final Path FILE = Path.of("table.csv");

  private final List<String> columns;
  private final Iterator<List<String>> lines;
  private long line = 1;

  private TestRows(List<String> columns, Iterator<List<String>> lines) {
    this.columns = columns;
    this.lines = lines;
  }

  /** Lines of cells between commas, without quotes. */
  public static TestRows of(String... lines) {
    return of(Arrays.asList(lines));
  }

  /** Lines of cells between commas, without quotes. */
  public static TestRows of(List<String> lines) {
    return new TestRows(
        cells(lines.get(0)), lines.stream().skip(1).map(TestRows::cells).iterator());
  }

  /** One column; no cell is split. */
  public static TestRows column(String name, List<String> cells) {
    return new TestRows(List.of(name), cells.stream().map(List::of).iterator());
  }

  private static List<String> cells(String line) {
    return List.of(line.split(",", -1));
  }

  @Override
  public Path file() {
    return FILE;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean hasNext() {
    return lines.hasNext();
  }

  @Override
  public Row next() {
    return new Row(++line, lines.next());
  }

  @Override
  public void close() {}
}
