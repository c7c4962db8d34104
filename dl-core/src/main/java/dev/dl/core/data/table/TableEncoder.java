package dev.dl.core.data.table;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.CellProblems;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.rows.Row;
import java.util.List;
import java.util.Map;

/** Encodes the rows of one file, with what can be looked up before its first row. */
final class TableEncoder implements RowEncoder {
  private final Columns columns;
  private final List<FeatureColumn> features;
  private final int[] positions;
  private final List<CategoricalColumn> categorical;
  private final List<Map<String, Integer>> codes;

  /**
   * @param columns the numeric features' first
   */
  TableEncoder(Columns columns, List<FeatureColumn> features, List<CategoricalColumn> categorical) {
    this.columns = columns;
    this.features = features;
    this.categorical = categorical;
    this.codes = categorical.stream().map(CategoricalColumn::codes).toList();
    this.positions = new int[features.size() + 1];
    for (int i = 0; i < features.size(); i++) {
      positions[i + 1] = positions[i] + features.get(i).featureNames().size();
    }
  }

  @Override
  public float[] encode(Row row) {
    int firstCode = positions[features.size()];
    float[] encoded = new float[firstCode + categorical.size()];
    CellProblems problems = new CellProblems();
    for (int i = 0; i < features.size(); i++) {
      FeatureColumn column = features.get(i);
      Cell cell = columns.cell(row, i);
      int position = positions[i];
      problems.gather(() -> column.encode(cell, encoded, position));
    }
    for (int i = 0; i < categorical.size(); i++) {
      Cell cell = columns.cell(row, features.size() + i);
      encoded[firstCode + i] = categorical.get(i).code(cell, codes.get(i));
    }
    problems.throwIfAny();
    return encoded;
  }
}
