package dev.dl.core.data.target;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.RowEncoder;
import java.nio.file.Path;
import java.util.List;

/** How alike the two texts of a row are, from -1 to 1 as a cosine is. */
public record SimilarityEncoding(String column) implements TargetEncoding {
  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public List<String> names() {
    return List.of(column);
  }

  @Override
  public boolean discrete() {
    return false;
  }

  @Override
  public boolean comparesTexts() {
    return true;
  }

  @Override
  public RowEncoder encoder(Path file, List<String> header) {
    Columns columns = Columns.of(file, header, columns());
    return row -> new float[] {(float) similarity(columns.cell(row, 0))};
  }

  static double similarity(Cell cell) {
    double number = QuantityEncoding.number(cell);
    if (!(Math.abs(number) <= 1)) {
      throw cell.expected("a number from -1 to 1");
    }
    return number;
  }
}
