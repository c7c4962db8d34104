package dev.dl.core.data.table;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigProblem;
import dev.dl.core.data.cell.CellException;
import dev.dl.core.data.cell.CellProblems;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What turns a row of a table into a network's input: learnt from the training rows, kept with the
 * run. A row becomes one vector: the features of all numeric columns, those of all dates, then one
 * code for each categorical column.
 */
public record TablePreprocessing(
    List<NumericColumn> numeric, List<DateColumn> dates, List<CategoricalColumn> categorical) {

  public TablePreprocessing {
    numeric = List.copyOf(numeric);
    dates = List.copyOf(dates);
    categorical = List.copyOf(categorical);
  }

  /**
   * Learns from the training rows, which are read to their end.
   *
   * @throws CellException with every problem of their cells, or if there is nothing to learn from
   */
  public static TablePreprocessing fit(Rows rows, TableSchema schema, CategoryLimits limits) {
    Map<String, NumericColumn.Fit> numeric =
        fits(schema, ColumnKind.NUMERIC, NumericColumn.Fit::new);
    Map<String, DateColumn.Fit> dates = fits(schema, ColumnKind.DATE, DateColumn.Fit::new);
    Map<String, CategoricalColumn.Fit> categorical =
        fits(schema, ColumnKind.CATEGORICAL, CategoricalColumn.Fit::new);
    Map<String, ColumnFit> all = new LinkedHashMap<>(numeric);
    all.putAll(dates);
    all.putAll(categorical);
    fitAll(rows, all);
    return new TablePreprocessing(
        numeric.entrySet().stream().map(fit -> fit.getValue().column(fit.getKey())).toList(),
        dates.entrySet().stream().map(fit -> fit.getValue().column(fit.getKey())).toList(),
        categorical.entrySet().stream()
            .map(fit -> fit.getValue().column(fit.getKey(), limits))
            .toList());
  }

  /** Names of the columns that a file must have, in the order of the encoding. */
  public List<String> columns() {
    return Stream.concat(
            features().map(FeatureColumn::name), categorical.stream().map(CategoricalColumn::name))
        .toList();
  }

  /** How many numbers come before the codes. */
  public int numericFeatures() {
    return features().mapToInt(column -> column.featureNames().size()).sum();
  }

  /** Number of codes of each categorical column; each code is below it. */
  public List<Integer> cardinalities() {
    return categorical.stream().map(CategoricalColumn::cardinality).toList();
  }

  /** What each number and each code of an encoded row is about. */
  public List<String> featureNames() {
    return Stream.concat(
            features().flatMap(column -> column.featureNames().stream()),
            categorical.stream().map(CategoricalColumn::name))
        .toList();
  }

  /**
   * Where in an encoded row what is made of some columns is.
   *
   * @param names of {@link #columns}
   * @param path of the setting that names them
   * @throws ConfigException naming each that is not one of them
   */
  public List<Integer> positions(List<String> names, String path) {
    List<ConfigProblem> problems =
        names.stream()
            .filter(name -> !columns().contains(name))
            .map(name -> noColumn(name, path))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    List<String> owners =
        Stream.concat(
                features()
                    .flatMap(column -> column.featureNames().stream().map(name -> column.name())),
                categorical.stream().map(CategoricalColumn::name))
            .toList();
    return IntStream.range(0, owners.size())
        .boxed()
        .filter(position -> names.contains(owners.get(position)))
        .toList();
  }

  private ConfigProblem noColumn(String name, String path) {
    return new ConfigProblem(
        path,
        "no column '" + name + "' that the model is given",
        "one of " + String.join(", ", columns()),
        "");
  }

  /**
   * Encodes the rows of a file.
   *
   * @param header names of all columns of the file, in any order
   * @throws CellException naming each column of {@link #columns} that is not among them
   */
  public RowEncoder encoder(Path file, List<String> header) {
    return new TableEncoder(Columns.of(file, header, columns()), features().toList(), categorical);
  }

  /**
   * What the user should know of a file before its rows are encoded: its columns that nothing is
   * made of, one line each.
   *
   * @param known names of columns that need no notice: the target, and those that were ignored
   */
  public List<String> notices(List<String> header, List<String> known) {
    List<String> used = columns();
    return header.stream()
        .filter(name -> !used.contains(name) && !known.contains(name))
        .map(name -> "column '" + name + "' is ignored: training did not have it")
        .toList();
  }

  private Stream<FeatureColumn> features() {
    return Stream.concat(numeric.stream(), dates.stream());
  }

  private static <T> Map<String, T> fits(TableSchema schema, ColumnKind kind, Supplier<T> fit) {
    Map<String, T> fits = new LinkedHashMap<>();
    schema.names(kind).forEach(name -> fits.put(name, fit.get()));
    return fits;
  }

  private static void fitAll(Rows rows, Map<String, ColumnFit> fits) {
    if (fits.isEmpty() || !rows.hasNext()) {
      throw new CellException(
          List.of(
              "%s: found no %s, expected some to learn from"
                  .formatted(rows.file(), fits.isEmpty() ? "column that is not ignored" : "rows")));
    }
    Columns columns = Columns.of(rows.file(), rows.columns(), new ArrayList<>(fits.keySet()));
    List<ColumnFit> ordered = new ArrayList<>(fits.values());
    CellProblems problems = new CellProblems();
    while (rows.hasNext()) {
      Row row = rows.next();
      for (int i = 0; i < ordered.size(); i++) {
        ColumnFit fit = ordered.get(i);
        int column = i;
        problems.gather(() -> fit.add(columns.cell(row, column)));
      }
    }
    problems.throwIfAny();
  }
}
