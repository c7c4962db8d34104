package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.data.target.Target;
import java.util.List;

/**
 * What the model is to tell of each row.
 *
 * @param column that holds it
 * @param kind one class, any number of labels, a number, how unlike the others a row is, or how its
 *     two texts belong together
 * @param separator between the labels of a cell, of kind {@code labels}
 * @param columns of zeros and ones, of kind {@code indicators}; of kind {@code anomaly} the one
 *     that tells which rows are known to be anomalies, if there is one
 * @param anomalies what that one says of them
 */
public record TargetSpec(
    @Default("label") String column,
    @Default("class") TargetKind kind,
    @Default("'|'") String separator,
    @Default("[]") List<String> columns,
    @Default("['1']") List<String> anomalies) {
  public TargetSpec {
    if (kind == TargetKind.LABELS && separator.isBlank()) {
      throw new ConfigException("separator", "'" + separator + "'", "some character", "");
    }
    if (kind == TargetKind.INDICATORS && columns.isEmpty()) {
      throw new ConfigException("columns", "none", "the columns of the labels", "");
    }
    if (kind == TargetKind.ANOMALY && columns.size() > 1) {
      throw new ConfigException("columns", columns.toString(), "one column at most", "");
    }
  }

  Target target() {
    return switch (kind) {
      case CLASS -> new Target.OneClass(column);
      case LABELS -> new Target.Labels(column, separator);
      case INDICATORS -> new Target.Indicators(columns);
      case QUANTITY -> new Target.Quantity(column);
      case ANOMALY -> new Target.Anomaly(columns, anomalies);
      case MATCH -> new Target.Match();
      case SIMILARITY -> new Target.Similarity(column);
    };
  }
}
