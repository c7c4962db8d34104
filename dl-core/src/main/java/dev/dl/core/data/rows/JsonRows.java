package dev.dl.core.data.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.dl.core.textfile.TextLines;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of JSON lines: an object of texts, numbers, true, false and null on each line. The first
 * line names the columns; a later one may lack some.
 */
final class JsonRows implements RowReader {
  private static final int DEPTH = 4;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(LONGEST_CELL)
                  .build())
          .build();

  private final TextLines lines;
  private final Problems problems;
  private List<String> columns = List.of();
  private Optional<Row> first = Optional.empty();
  private boolean ended;

  private JsonRows(Reader text, Problems problems) {
    this.lines = new TextLines(text, LONGEST_CELL);
    this.problems = problems;
  }

  /** Reads the first line; it has to be a good one. */
  static Optional<RowReader> open(Reader text, Problems problems) throws IOException {
    JsonRows rows = new JsonRows(text, problems);
    try {
      String line = rows.line();
      if (line == null) {
        problems.addOfFile("found an empty file, expected an object on each line");
        return Optional.of(rows);
      }
      Optional<Map<String, String>> cells = rows.parse(line);
      if (cells.isPresent()) {
        rows.columns = List.copyOf(cells.get().keySet());
        problems.addNames(rows.lines.number(), rows.columns);
        rows.first = rows.row(cells.get());
      }
      return Optional.of(rows);
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Optional<Row> next() throws IOException {
    Optional<Row> row = first;
    first = Optional.empty();
    while (row.isEmpty()) {
      String line = ended ? null : line();
      if (line == null) {
        return Optional.empty();
      }
      row = parse(line).flatMap(this::row);
    }
    return row;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** The next line that is not blank. */
  private String line() throws IOException {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    return line;
  }

  private Optional<Row> row(Map<String, String> cells) {
    List<String> row = new ArrayList<>(columns.size());
    for (String column : columns) {
      row.add(cells.remove(column));
    }
    if (cells.isEmpty() && !columns.isEmpty()) {
      return Optional.of(new Row(lines.number(), row));
    }
    problems.add(
        lines.number(), "found the keys " + cells.keySet() + ", expected those of the first line");
    return Optional.empty();
  }

  private Optional<Map<String, String>> parse(String line) throws IOException {
    if (line.length() == LONGEST_CELL && !line.endsWith("\n")) {
      ended = true; // what is left of it may be without end
      return refuse("found a line of over 16 million characters, expected less");
    }
    try (JsonParser parser = JSON.createParser(line.stripTrailing())) {
      return parse(parser);
    } catch (JsonProcessingException e) {
      if (e.getLocation() == null) { // a number or a nesting beyond Jackson's limits
        return refuse("found no JSON that can be read, expected shorter numbers and less nesting");
      }
      problems.add(
          lines.number(),
          e.getLocation().getColumnNr(),
          "found no valid JSON, expected an object on one line");
      return Optional.empty();
    }
  }

  private Optional<Map<String, String>> parse(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return refuse("found no object, expected {\"column\": value, ...}");
    }
    Map<String, String> cells = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (cells.containsKey(name)) {
        return refuse("found the key \"" + name + "\" again, expected it once");
      }
      JsonToken value = parser.nextToken();
      if (value.isStructStart()) {
        return refuse("found a list or an object as \"" + name + "\", expected one value");
      }
      cells.put(name, value == JsonToken.VALUE_NULL ? null : parser.getText());
    }
    if (parser.nextToken() != null) {
      return refuse("found more after the object, expected one on each line");
    }
    return Optional.of(cells);
  }

  private Optional<Map<String, String>> refuse(String problem) {
    problems.add(lines.number(), problem);
    return Optional.empty();
  }
}
