package dev.dl.core.data.table;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigProblem;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What kind each column of a table is, inferred from its rows and overridden by the user.
 *
 * @param columns in the order of the file
 */
public record TableSchema(List<TableColumn> columns) {
  private static final String CHOSEN = "configured";

  public TableSchema {
    columns = List.copyOf(columns);
  }

  /**
   * Infers the kinds from rows, which are read to their end in constant memory. A column is
   *
   * <ul>
   *   <li>numeric if all its values are numbers, written without leading zeros, be they few or
   *       many;
   *   <li>a date if all are ISO 8601 dates, with or without a time;
   *   <li>ignored if it never varies, if fewer than one in twenty of its values repeats another (an
   *       identifier, or free text), or if one is too long for a name;
   *   <li>categorical otherwise.
   * </ul>
   *
   * @param targets names of the columns that the model is to tell
   * @throws dev.dl.core.data.cell.CellException if a target or a name is missing or there twice
   */
  public static TableSchema infer(Rows rows, List<String> targets) {
    List<String> names = rows.columns();
    Columns columns = Columns.of(rows.file(), names, names);
    Columns.of(rows.file(), names, targets);
    List<ColumnProfile> profiles = names.stream().map(ColumnProfile::new).toList();
    while (rows.hasNext()) {
      Row row = rows.next();
      for (int i = 0; i < profiles.size(); i++) {
        profiles.get(i).add(columns.cell(row, i));
      }
    }
    return new TableSchema(
        profiles.stream()
            .map(ColumnProfile::column)
            .map(
                column ->
                    targets.contains(column.name())
                        ? column.withKind(ColumnKind.TARGET, "what the model is to tell")
                        : column)
            .toList());
  }

  /**
   * The schema with some kinds chosen by the user.
   *
   * @param kinds by name of the column
   * @param path of this setting in the configuration
   * @throws ConfigException if there is no such column, or a target is to be something else
   */
  public TableSchema withKinds(Map<String, ColumnKind> kinds, String path) {
    List<ConfigProblem> problems = new ArrayList<>();
    kinds.forEach(
        (name, kind) -> {
          if (columns.stream().noneMatch(column -> column.name().equals(name))) {
            problems.add(
                new ConfigProblem(path, "no column '" + name + "'", "one of " + names(), ""));
          } else if ((kind == ColumnKind.TARGET) != names(ColumnKind.TARGET).contains(name)) {
            problems.add(
                new ConfigProblem(
                    path,
                    name + ": " + kind,
                    "the kinds of other columns than the target",
                    "name the target where the target is set"));
          }
        });
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new TableSchema(
        columns.stream()
            .map(
                column ->
                    kinds.containsKey(column.name())
                        ? column.withKind(kinds.get(column.name()), CHOSEN)
                        : column)
            .toList());
  }

  /** Names of the columns of a kind. */
  public List<String> names(ColumnKind kind) {
    return columns.stream().filter(column -> column.kind() == kind).map(TableColumn::name).toList();
  }

  /** What the user should know: which columns are left out unasked, one line each. */
  public List<String> notices() {
    return columns.stream()
        .filter(column -> column.kind() == ColumnKind.IGNORED)
        .filter(column -> !column.why().equals(CHOSEN))
        .map(column -> "column '" + column.name() + "' is ignored: " + column.why())
        .toList();
  }

  private String names() {
    return columns.stream().map(TableColumn::name).collect(Collectors.joining(", "));
  }
}
