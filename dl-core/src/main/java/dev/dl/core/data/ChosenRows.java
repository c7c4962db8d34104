package dev.dl.core.data;

import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;

/** Those rows of a file whose numbers, counted from 0, are chosen. */
final class ChosenRows implements Rows {
  private final Rows rows;
  private final IntPredicate chosen;
  private int number;
  private Row next;

  ChosenRows(Rows rows, IntPredicate chosen) {
    this.rows = rows;
    this.chosen = chosen;
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      Row row = rows.next();
      next = chosen.test(number++) ? row : null;
    }
    return next != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row row = next;
    next = null;
    return row;
  }

  @Override
  public Path file() {
    return rows.file();
  }

  @Override
  public LongFunction<String> places() {
    return rows.places();
  }

  @Override
  public List<String> columns() {
    return rows.columns();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
