package dev.dl.core.data.target;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.RowEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Any number of labels in one cell, encoded as a number for each label there is: 1 where the cell
 * has it, else 0. A cell without a value has no label.
 *
 * @param separator between the labels of a cell
 * @param labels in the order of their numbers
 */
public record LabelEncoding(String column, String separator, List<String> labels)
    implements TargetEncoding {
  private static final int MOST_LISTED = 10;

  public LabelEncoding {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(separator, "separator");
    labels = List.copyOf(labels);
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public List<String> names() {
    return labels;
  }

  @Override
  public boolean discrete() {
    return true;
  }

  @Override
  public RowEncoder encoder(Path file, List<String> header) {
    Columns columns = Columns.of(file, header, columns());
    Map<String, Integer> indices = indices(labels);
    return row -> {
      Cell cell = columns.cell(row, 0);
      float[] encoded = new float[labels.size()];
      for (String name : names(cell, separator)) {
        Integer index = indices.get(name);
        if (index == null) {
          throw cell.expected("labels of training, but not '" + name + "': " + listed(labels));
        }
        encoded[index] = 1;
      }
      return encoded;
    };
  }

  static List<String> names(Cell cell, String separator) {
    if (cell.isMissing()) {
      return List.of();
    }
    return Arrays.stream(cell.text().split(Pattern.quote(separator)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  static Map<String, Integer> indices(List<String> names) {
    Map<String, Integer> indices = new HashMap<>();
    for (String name : names) {
      indices.put(name, indices.size());
    }
    return indices;
  }

  /** The first names, for messages. */
  static String listed(List<String> names) {
    return names.size() <= MOST_LISTED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_LISTED))
            + " and "
            + (names.size() - MOST_LISTED)
            + " more";
  }
}
