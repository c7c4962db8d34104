package dev.dl.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A table of aligned columns; columns of numbers, and of nothing, are set to the right. */
public final class Table {
  private static final Pattern NUMBER = Pattern.compile("([-+]?[0-9][0-9,.]*%?)?");

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... header) {
    this.header = List.of(header);
  }

  /** Adds a row with as many cells as the header has. */
  public void add(String... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "row of " + cells.length + " cells, expected " + header.size());
    }
    rows.add(java.util.Arrays.stream(cells).map(Printable::of).toList());
  }

  /** The lines, header first, each ended by a newline and without trailing blanks. */
  public String text() {
    List<List<String>> lines = new ArrayList<>(rows);
    lines.add(0, header);
    List<Column> columns = IntStream.range(0, header.size()).mapToObj(this::column).toList();
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        row.append(columns.get(column).padded(line.get(column))).append("  ");
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private Column column(int number) {
    int width = header.get(number).length();
    boolean numbers = !rows.isEmpty();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(number).length());
      numbers = numbers && NUMBER.matcher(row.get(number)).matches();
    }
    return new Column(width, numbers);
  }

  private record Column(int width, boolean numbers) {
    String padded(String cell) {
      String blanks = " ".repeat(width - cell.length());
      return numbers ? blanks + cell : cell + blanks;
    }
  }
}
