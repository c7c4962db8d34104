package dev.dl.core.data;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

/** What rows say in some columns, as one text: rows that say the same are duplicates. */
final class RowContent {
  private final Path file;
  private final Columns columns;

  private RowContent(Path file, Columns columns) {
    this.file = file;
    this.columns = columns;
  }

  /** Of these columns, wherever they stand. */
  static RowContent of(Rows rows, List<String> columns) {
    return new RowContent(rows.file(), Columns.of(rows.file(), rows.columns(), columns));
  }

  /** The text of the only column, or the names and texts of several. */
  String text(Row row) {
    if (columns.size() == 1) {
      return columns.cell(row, 0).text();
    }
    StringJoiner text = new StringJoiner("; ");
    for (int i = 0; i < columns.size(); i++) {
      Cell cell = columns.cell(row, i);
      text.add(cell.name() + ": " + cell.text());
    }
    return text.toString();
  }

  /** The text of each column, empty where there is none. */
  List<String> texts(Row row) {
    return TextPreprocessing.texts(columns, row);
  }

  /** SHA-256 of what a row says; rows that say nothing are no duplicates of each other. */
  byte[] digest(Row row) {
    String text = text(row);
    String content = text == null || text.isEmpty() ? "\0" + file + ":" + row.line() : text;
    return Fingerprint.sha256().digest(content.getBytes(StandardCharsets.UTF_8));
  }
}
