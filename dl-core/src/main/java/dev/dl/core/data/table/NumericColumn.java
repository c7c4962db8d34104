package dev.dl.core.data.table;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.Moments;
import dev.dl.core.data.cell.Standardization;
import java.util.List;
import java.util.Objects;

/**
 * A column of numbers, encoded as the standardized number, or the mean's 0 if it is missing.
 *
 * @param standardization by the values of the training rows
 * @param missing whether a second feature is 1 where the number is missing, else 0: so if one was
 *     missing in training
 */
public record NumericColumn(String name, Standardization standardization, boolean missing)
    implements FeatureColumn {

  public NumericColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(standardization, "standardization");
  }

  @Override
  public List<String> featureNames() {
    return missing ? List.of(name, name + " missing") : List.of(name);
  }

  @Override
  public void encode(Cell cell, float[] features, int first) {
    features[first] = standardization.apply(cell);
    if (missing && cell.isMissing()) {
      features[first + 1] = 1;
    }
  }

  /** Standardizes by the training rows. */
  static final class Fit implements ColumnFit {
    private final Moments moments = new Moments();
    private boolean missing;

    @Override
    public void add(Cell cell) {
      double number = cell.number();
      if (Double.isNaN(number)) {
        missing = true;
      } else {
        moments.add(number);
      }
    }

    NumericColumn column(String name) {
      return new NumericColumn(name, moments.standardization(), missing);
    }
  }
}
