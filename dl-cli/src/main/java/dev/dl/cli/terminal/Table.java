package dev.dl.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** A table of aligned columns; columns of numbers, and of nothing, are set to the right. */
public final class Table {
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
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        row.append(padded(line.get(column), column)).append("  ");
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private String padded(String cell, int column) {
    int width = header.get(column).length();
    boolean numbers = !rows.isEmpty();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
      numbers &= row.get(column).matches("([-+]?[0-9][0-9,.]*%?)?");
    }
    String blanks = " ".repeat(width - cell.length());
    return numbers ? blanks + cell : cell + blanks;
  }
}
