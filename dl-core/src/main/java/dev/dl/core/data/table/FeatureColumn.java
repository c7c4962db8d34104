package dev.dl.core.data.table;

import dev.dl.core.data.cell.Cell;
import java.util.List;

/** A column that becomes numbers, its features. */
sealed interface FeatureColumn permits NumericColumn, DateColumn {
  /** Its name in the file. */
  String name();

  /** Names of its features; at least one. */
  List<String> featureNames();

  /**
   * The features of a cell.
   *
   * @param features where they go to, from position {@code first} on; zeros before
   * @throws dev.dl.core.data.cell.CellException if it is wrong for its column
   */
  void encode(Cell cell, float[] features, int first);
}
