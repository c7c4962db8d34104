package dev.dl.core.data.target;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.RowEncoder;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a row is known to be an anomaly, encoded as one number: 1 if it is, 0 if it is known to
 * be none, {@value #UNKNOWN} where nothing is said. What a model tells is how unlike the rows of
 * training a row is.
 *
 * @param columns the one that says it, or none
 * @param anomalies what it says of anomalies
 */
public record AnomalyEncoding(List<String> columns, List<String> anomalies)
    implements TargetEncoding {
  /** The target of rows of which nothing is known. */
  public static final float UNKNOWN = -1;

  public AnomalyEncoding {
    columns = List.copyOf(columns);
    anomalies = List.copyOf(anomalies);
  }

  @Override
  public List<String> names() {
    return List.of("anomaly");
  }

  @Override
  public List<String> outputs() {
    return List.of("score");
  }

  @Override
  public boolean discrete() {
    return false;
  }

  @Override
  public RowEncoder encoder(Path file, List<String> header) {
    Columns found = Columns.of(file, header, columns);
    return row -> new float[] {found.size() == 0 ? UNKNOWN : known(found.cell(row, 0))};
  }

  private float known(Cell cell) {
    return cell.isMissing() ? UNKNOWN : anomalies.contains(cell.text()) ? 1 : 0;
  }
}
