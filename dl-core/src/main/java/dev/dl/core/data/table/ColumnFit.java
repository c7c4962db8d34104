package dev.dl.core.data.table;

import dev.dl.core.data.cell.Cell;

/** Learns how to encode one column, cell by cell. */
interface ColumnFit {
  /**
   * Takes a cell of a training row in.
   *
   * @throws dev.dl.core.data.cell.CellException if it is wrong for its column
   */
  void add(Cell cell);
}
