package dev.dl.core.data.cell;

import dev.dl.core.data.rows.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Some columns of one file, found by their names wherever they stand. */
public final class Columns {
  private static final int MOST_LISTED = 10;

  private final Path file;
  private final List<String> names;
  private final List<Integer> positions;

  private Columns(Path file, List<String> names, List<Integer> positions) {
    this.file = file;
    this.names = names;
    this.positions = positions;
  }

  /**
   * Finds columns.
   *
   * @param found names of all columns of the file
   * @param wanted names of those that are needed
   * @throws CellException naming each that is not there, or there more than once
   */
  public static Columns of(Path file, List<String> found, List<String> wanted) {
    Map<String, Integer> positionOf = new HashMap<>();
    Set<String> repeated = new HashSet<>();
    for (int i = 0; i < found.size(); i++) {
      if (positionOf.putIfAbsent(found.get(i), i) != null) {
        repeated.add(found.get(i));
      }
    }
    List<String> problems = new ArrayList<>();
    for (String name : new LinkedHashSet<>(wanted)) {
      if (!positionOf.containsKey(name)) {
        problems.add(
            "%s: found columns %s, expected a column '%s' too"
                .formatted(file, listed(found), name));
      } else if (repeated.contains(name)) {
        problems.add(file + ": found several columns '" + name + "', expected one");
      }
    }
    if (!problems.isEmpty()) {
      throw new CellException(problems);
    }
    return new Columns(file, List.copyOf(wanted), wanted.stream().map(positionOf::get).toList());
  }

  private static String listed(List<String> names) {
    return names.size() <= MOST_LISTED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_LISTED))
            + " and "
            + (names.size() - MOST_LISTED)
            + " more";
  }

  /** The cell of the wanted column at {@code index}. */
  public Cell cell(Row row, int index) {
    int position = positions.get(index);
    return new Cell(file, row.line(), position + 1, names.get(index), row.cells().get(position));
  }

  /** Number of wanted columns. */
  public int size() {
    return names.size();
  }
}
