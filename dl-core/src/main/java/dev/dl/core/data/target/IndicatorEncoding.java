package dev.dl.core.data.target;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.CellProblems;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.RowEncoder;
import java.nio.file.Path;
import java.util.List;

/**
 * Any number of labels, each a column of zeros and ones, encoded as they are.
 *
 * @param columns one for each label
 */
public record IndicatorEncoding(List<String> columns) implements TargetEncoding {
  public IndicatorEncoding {
    columns = List.copyOf(columns);
  }

  @Override
  public List<String> names() {
    return columns;
  }

  @Override
  public boolean discrete() {
    return true;
  }

  @Override
  public RowEncoder encoder(Path file, List<String> header) {
    Columns found = Columns.of(file, header, columns);
    return row -> {
      float[] encoded = new float[found.size()];
      CellProblems problems = new CellProblems();
      for (int i = 0; i < encoded.length; i++) {
        int label = i;
        problems.gather(() -> encoded[label] = indicator(found.cell(row, label)));
      }
      problems.throwIfAny();
      return encoded;
    };
  }

  static float indicator(Cell cell) {
    double number = cell.numberIfAny();
    if (number == 0 || number == 1) {
      return (float) number;
    }
    throw cell.expected("0 or 1");
  }
}
