package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.data.target.Target;
import java.util.List;

/**
 * What the model is to tell of each row.
 *
 * @param column that holds it
 * @param kind one class, any number of labels, or a number
 * @param separator between the labels of a cell, of kind {@code labels}
 * @param columns of zeros and ones, of kind {@code indicators}
 */
public record TargetSpec(
    @Default("label") String column,
    @Default("class") TargetKind kind,
    @Default("'|'") String separator,
    @Default("[]") List<String> columns) {
  public TargetSpec {
    if (kind == TargetKind.LABELS && separator.isBlank()) {
      throw new ConfigException("separator", "'" + separator + "'", "some character", "");
    }
    if (kind == TargetKind.INDICATORS && columns.isEmpty()) {
      throw new ConfigException("columns", "none", "the columns of the labels", "");
    }
  }

  Target target() {
    return switch (kind) {
      case CLASS -> new Target.OneClass(column);
      case LABELS -> new Target.Labels(column, separator);
      case INDICATORS -> new Target.Indicators(columns);
      case QUANTITY -> new Target.Quantity(column);
    };
  }
}
