package dev.dl.core.data.target;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.cell.Standardization;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A number, standardized; {@link Standardization#restore} turns what a model tells into the
 * column's own unit.
 */
public record QuantityEncoding(String column, Standardization standardization)
    implements TargetEncoding {

  public QuantityEncoding {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(standardization, "standardization");
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public List<String> names() {
    return List.of(column);
  }

  @Override
  public boolean discrete() {
    return false;
  }

  @Override
  public RowEncoder encoder(Path file, List<String> header) {
    Columns columns = Columns.of(file, header, columns());
    return row -> {
      Cell cell = columns.cell(row, 0);
      number(cell);
      return new float[] {standardization.apply(cell)};
    };
  }

  static double number(Cell cell) {
    if (cell.isMissing()) {
      throw cell.expected("a number");
    }
    return cell.number();
  }
}
