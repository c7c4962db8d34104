package dev.dl.core.data.rows;

import dev.dl.core.data.problem.DataException;
import dev.dl.core.textfile.TextFile;
import dev.dl.core.textfile.TextFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens files of rows by their endings: {@code .csv}, {@code .tsv}, {@code .jsonl}, {@code
 * .ndjson}, each also with {@code .gz}, and {@code .parquet}.
 */
public final class RowFiles {
  private RowFiles() {}

  /**
   * The rows of a file; text is UTF-8 unless a byte order mark says UTF-16. What is wrong with
   * single rows is thrown after the last one, all together.
   *
   * @throws DataException if it has no usable columns or no rows, or is of another kind
   */
  public static Rows open(Path file) throws IOException {
    return open(file, problems -> reader(file, problems));
  }

  /**
   * The rows of a CSV file in UTF-8 that begins with a row, not with the names of its columns.
   *
   * @param columns their names
   * @throws DataException if it has no rows
   */
  public static Rows open(Path file, List<String> columns) throws IOException {
    return open(
        file,
        problems -> Optional.of(DelimitedRows.of(TextFile.open(file), ',', columns, problems)));
  }

  private static Rows open(Path file, Opening opening) throws IOException {
    Problems problems = new Problems(file);
    Optional<RowReader> reader = Optional.empty();
    try {
      reader = opening.open(problems);
    } catch (TextFileException e) {
      problems.add(e.getMessage());
    }
    problems.throwIfAny();
    FileRows rows = new FileRows(file, reader.orElseThrow(), problems);
    try {
      if (!rows.hasNext()) {
        problems.addOfFile("found columns and no rows, expected at least one row");
        problems.throwIfAny();
      }
      return rows;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private static Optional<RowReader> reader(Path file, Problems problems) throws IOException {
    return switch (TextFile.ending(file)) {
      case "csv" -> DelimitedRows.open(TextFile.open(file), ',', problems);
      case "tsv" -> DelimitedRows.open(TextFile.open(file), '\t', problems);
      case "jsonl", "ndjson" -> JsonRows.open(TextFile.open(file), problems);
      case "parquet" -> ParquetRows.open(file, problems);
      default -> {
        problems.addOfFile(
            "found another ending, expected .csv, .tsv, .jsonl, .ndjson or .parquet");
        yield Optional.empty();
      }
    };
  }

  private interface Opening {
    /** The reader of a file; empty where the problems say why there is none. */
    Optional<RowReader> open(Problems problems) throws IOException;
  }
}
