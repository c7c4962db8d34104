package dev.dl.core.data.target;

import dev.dl.core.data.cell.RowEncoder;
import java.nio.file.Path;
import java.util.List;

/** That the two texts of a row belong together: 1 for every row. */
public record MatchEncoding() implements TargetEncoding {
  @Override
  public List<String> columns() {
    return List.of();
  }

  @Override
  public List<String> names() {
    return List.of("match");
  }

  @Override
  public List<String> outputs() {
    return List.of("similarity");
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
    return row -> new float[] {1};
  }
}
