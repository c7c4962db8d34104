package dev.dl.core.data.cell;

import dev.dl.core.data.rows.Row;

/** Turns the rows of one file into numbers; any number of threads may use it. */
@FunctionalInterface
public interface RowEncoder {
  /**
   * The numbers of a row.
   *
   * @throws CellException with every problem of the row
   */
  float[] encode(Row row);
}
