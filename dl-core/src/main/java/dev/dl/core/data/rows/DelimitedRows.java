package dev.dl.core.data.rows;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows of CSV (RFC 4180) or of cells between tabs, quoted in the same way. Empty lines are passed
 * over, an empty cell is the empty text.
 */
final class DelimitedRows implements RowReader {
  private static final Pattern PLACE = Pattern.compile("starting at line ([0-9]{1,18})");
  private static final String BROKEN_CELL =
      "found a broken cell, expected at most 16 million characters and nothing between a closing"
          + " quote and the next cell; is a quote open?";

  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final Problems problems;
  private List<String> columns = List.of();
  private long line;

  private DelimitedRows(Reader text, char separator, Problems problems) {
    this.reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .maxBufferSize(LONGEST_CELL)
            .ofCsvRecord(new EndedText(text));
    this.records = reader.iterator();
    this.problems = problems;
  }

  /** Reads the names of the columns; empty if there are no usable ones. */
  static Optional<RowReader> open(Reader text, char separator, Problems problems)
      throws IOException {
    DelimitedRows rows = new DelimitedRows(text, separator, problems);
    try {
      Optional<CsvRecord> header = rows.record();
      if (header.isPresent()) {
        rows.columns = List.copyOf(header.get().getFields());
        problems.addNames(header.get().getStartingLineNumber(), rows.columns);
      } else {
        problems.throwIfAny();
        problems.addOfFile("found an empty file, expected a line with the names of the columns");
      }
      return Optional.of(rows);
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** Rows of a text that has no names of columns. */
  static RowReader of(Reader text, char separator, List<String> columns, Problems problems) {
    DelimitedRows rows = new DelimitedRows(text, separator, problems);
    rows.columns = List.copyOf(columns);
    return rows;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Optional<Row> next() throws IOException {
    for (Optional<CsvRecord> record = record(); record.isPresent(); record = record()) {
      List<String> cells = record.get().getFields();
      if (cells.size() == columns.size()) {
        return Optional.of(new Row(line, cells));
      }
      problems.add(line, "found " + cells.size() + " cells, expected " + columns.size());
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private Optional<CsvRecord> record() throws IOException {
    try {
      CsvRecord record = records.next();
      line = record.getStartingLineNumber();
      if (records.hasNext()) {
        return Optional.of(record);
      }
      if (!EndedText.isEnd(record.getFields())) {
        problems.add(line, "found a quote that is not closed, expected one after the cell");
      }
      return Optional.empty();
    } catch (CsvParseException e) {
      problems.add(lineOf(e), BROKEN_CELL);
      return Optional.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private long lineOf(CsvParseException e) {
    Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
    return place.find() ? Long.parseLong(place.group(1)) : line + 1;
  }
}
