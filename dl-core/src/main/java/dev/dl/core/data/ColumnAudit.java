package dev.dl.core.data;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.AuditTable;
import dev.dl.core.data.audit.Duplicates;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.cell.CellException;
import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.table.ColumnKind;
import dev.dl.core.data.table.Finding.Suspicion;
import dev.dl.core.data.table.TableAudit;
import dev.dl.core.data.table.TableColumn;
import dev.dl.core.data.table.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks through the columns and rows of a table. */
final class ColumnAudit {
  private static final Set<ColumnKind> FEATURES =
      Set.of(ColumnKind.NUMERIC, ColumnKind.CATEGORICAL, ColumnKind.DATE);

  /** Training rows that leaking columns are looked for in. */
  private static final int MOST_ROWS = 100_000;

  private ColumnAudit() {}

  static Audit of(TableData data, DataSpec spec) throws IOException {
    RowAudit.requireReadable(data.sources());
    SplitRows splits = SplitRows.of(data.sources(), spec);
    TableSchema schema = data.schema(spec);
    RowPreprocessing preprocessing = TableData.fit(splits, schema, spec);
    RowAudit rows =
        new RowAudit(splits, features(schema), spec.target().kind(), preprocessing.target());
    rows.read((split, number, row, content) -> {});
    Duplicates duplicates = Duplicates.exact(rows.samples(), "row");
    rows.show(duplicates.shown());
    List<Finding> findings = new ArrayList<>(rows.findings());
    findings.addAll(duplicates.findings());
    findings.addAll(ignored(schema));
    findings.addAll(suspicious(splits, preprocessing));
    List<AuditTable> tables = new ArrayList<>();
    tables.add(columns(schema));
    if (preprocessing.target().discrete()) {
      tables.add(rows.balance().table());
    }
    return new Audit(tables, findings);
  }

  private static List<String> features(TableSchema schema) {
    return schema.columns().stream()
        .filter(column -> FEATURES.contains(column.kind()))
        .map(TableColumn::name)
        .toList();
  }

  private static AuditTable columns(TableSchema schema) {
    return new AuditTable(
        "Columns",
        List.of("column", "kind", "distinct", "missing", "values", "why"),
        schema.columns().stream()
            .map(
                column ->
                    List.of(
                        column.name(),
                        column.kind().name().toLowerCase(Locale.ROOT),
                        (column.distinct() == TableColumn.MOST_DISTINCT ? "at least " : "")
                            + column.distinct(),
                        String.valueOf(column.missing()),
                        column.values(),
                        column.why()))
            .toList());
  }

  private static List<Finding> ignored(TableSchema schema) {
    return schema.columns().stream()
        .filter(column -> column.kind() == ColumnKind.IGNORED)
        .map(
            column ->
                Finding.of(
                    column.distinct() <= 1 ? FindingKind.CONSTANT_COLUMN : FindingKind.NOTICE,
                    "column '" + column.name() + "' is ignored: " + column.why()))
        .toList();
  }

  private static List<Finding> suspicious(SplitRows splits, RowPreprocessing preprocessing)
      throws IOException {
    List<float[]> features = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    try (Rows rows = splits.open(Split.TRAIN)) {
      RowEncoder feature = preprocessing.features().encoder(rows.file(), rows.columns());
      RowEncoder target = preprocessing.target().encoder(rows.file(), rows.columns());
      while (rows.hasNext() && features.size() < MOST_ROWS) {
        Row row = rows.next();
        features.add(feature.encode(row));
        targets.add(target.encode(row));
      }
    } catch (CellException e) {
      return e.problems().stream().map(line -> Finding.of(FindingKind.UNREADABLE, line)).toList();
    }
    return TableAudit.of(preprocessing.features(), features, preprocessing.target(), targets)
        .stream()
        .map(found -> Finding.of(kind(found.suspicion()), found.message()))
        .toList();
  }

  private static FindingKind kind(Suspicion suspicion) {
    return switch (suspicion) {
      case CONSTANT -> FindingKind.CONSTANT_COLUMN;
      case LEAKING -> FindingKind.LEAKING_COLUMN;
    };
  }
}
