package dev.dl.core.data.rows;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads the rows of one kind of file. */
interface RowReader extends Closeable {
  /** The largest text of a cell, in UTF-16 units. */
  int LONGEST_CELL = 1 << 24;

  /** Names of the columns. */
  List<String> columns();

  /**
   * The next row of the right form. Other rows are passed over and told to the problems; so is what
   * cannot be read on from, which ends the rows.
   */
  Optional<Row> next() throws IOException;
}
