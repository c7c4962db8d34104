package dev.dl.core.data.target;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.RowEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One class of several, encoded as one number, its index.
 *
 * @param classNames by index
 */
public record ClassEncoding(String column, List<String> classNames) implements TargetEncoding {
  public ClassEncoding {
    Objects.requireNonNull(column, "column");
    classNames = List.copyOf(classNames);
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
  public List<String> outputs() {
    return classNames;
  }

  @Override
  public boolean discrete() {
    return true;
  }

  @Override
  public RowEncoder encoder(Path file, List<String> header) {
    Columns columns = Columns.of(file, header, columns());
    Map<String, Integer> indices = LabelEncoding.indices(classNames);
    return row -> {
      Cell cell = columns.cell(row, 0);
      Integer index = indices.get(name(cell));
      if (index == null) {
        throw cell.expected("a class of training: " + LabelEncoding.listed(classNames));
      }
      return new float[] {index};
    };
  }

  static String name(Cell cell) {
    if (cell.isMissing()) {
      throw cell.expected("a class");
    }
    return cell.text();
  }
}
