package dev.dl.core.data.target;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.CellException;
import dev.dl.core.data.cell.CellProblems;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.Moments;
import dev.dl.core.data.rows.Rows;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a model is to tell of a row, and which columns say it where it is known. */
public sealed interface Target {
  /** Names of its columns. */
  List<String> columns();

  /**
   * Learns how to encode it from the training rows, and reads them to their end.
   *
   * @throws CellException with all problems of their cells
   */
  TargetEncoding fit(Rows rows);

  /** One class of several, by name. */
  record OneClass(String column) implements Target {
    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public TargetEncoding fit(Rows rows) {
      SortedSet<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
      forEachCell(rows, columns(), cell -> addName(names, ClassEncoding.name(cell), cell));
      return new ClassEncoding(column, List.copyOf(names));
    }
  }

  /**
   * Any number of labels, none too, in one cell.
   *
   * @param separator between the labels of a cell, not blank
   */
  record Labels(String column, String separator) implements Target {
    public Labels {
      if (separator.isBlank()) {
        throw new IllegalArgumentException("a blank separator");
      }
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public TargetEncoding fit(Rows rows) {
      SortedSet<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
      forEachCell(
          rows,
          columns(),
          cell -> LabelEncoding.names(cell, separator).forEach(name -> addName(names, name, cell)));
      return new LabelEncoding(column, separator, List.copyOf(names));
    }
  }

  /** Any number of labels, none too, each a column of zeros and ones. */
  record Indicators(List<String> columns) implements Target {
    public Indicators {
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("no columns");
      }
    }

    @Override
    public TargetEncoding fit(Rows rows) {
      forEachCell(rows, columns, IndicatorEncoding::indicator);
      return new IndicatorEncoding(columns);
    }
  }

  /** A number. */
  record Quantity(String column) implements Target {
    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public TargetEncoding fit(Rows rows) {
      Moments moments = new Moments();
      forEachCell(rows, columns(), cell -> moments.add(QuantityEncoding.number(cell)));
      return new QuantityEncoding(column, moments.standardization());
    }
  }

  /**
   * How unlike the training rows a row is.
   *
   * @param columns the one that tells which rows are known to be anomalies, or none
   * @param anomalies what it says of them
   */
  record Anomaly(List<String> columns, List<String> anomalies) implements Target {
    @Override
    public TargetEncoding fit(Rows rows) {
      forEachCell(rows, columns, cell -> {});
      return new AnomalyEncoding(columns, anomalies);
    }
  }

  /** That the two texts of a row belong together. */
  record Match() implements Target {
    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public TargetEncoding fit(Rows rows) {
      forEachCell(rows, columns(), cell -> {});
      return new MatchEncoding();
    }
  }

  /** How alike the two texts of a row are. */
  record Similarity(String column) implements Target {
    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public TargetEncoding fit(Rows rows) {
      forEachCell(rows, columns(), SimilarityEncoding::similarity);
      return new SimilarityEncoding(column);
    }
  }

  private static void forEachCell(Rows rows, List<String> names, Consumer<Cell> use) {
    Columns columns = Columns.of(rows.file(), rows.columns(), names);
    CellProblems problems = new CellProblems();
    if (!rows.hasNext()) {
      problems.add(new CellException(List.of(rows.file() + ": found no rows, expected some")));
    }
    rows.forEachRemaining(
        row -> {
          for (int i = 0; i < columns.size(); i++) {
            Cell cell = columns.cell(row, i);
            problems.gather(() -> use.accept(cell));
          }
        });
    problems.throwIfAny();
  }

  private static void addName(SortedSet<String> names, String name, Cell cell) {
    if (name.length() > TargetEncoding.LONGEST_NAME) {
      throw cell.expected("a name of at most " + TargetEncoding.LONGEST_NAME + " characters");
    }
    if (names.add(name) && names.size() > TargetEncoding.MOST_NAMES) {
      throw cell.expected("one of at most " + TargetEncoding.MOST_NAMES + " names");
    }
  }
}
