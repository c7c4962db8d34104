package dev.dl.models.graph;

import dev.dl.models.layer.Shape;
import java.util.List;

/**
 * Rows of a table: one vector with the numbers first, then the code of one category for each
 * categorical column.
 *
 * @param numericFeatures how many numbers there are
 * @param cardinalities number of codes of each categorical column, which count from 0
 */
public record TableInput(int numericFeatures, List<Integer> cardinalities) implements Input {

  public TableInput {
    cardinalities = List.copyOf(cardinalities);
    if (numericFeatures < 0
        || numericFeatures + cardinalities.size() == 0
        || cardinalities.stream().anyMatch(cardinality -> cardinality < 1)) {
      throw new IllegalArgumentException(
          "got a table of %d numbers and categories of %s, expected at least one column"
              .formatted(numericFeatures, cardinalities));
    }
  }

  @Override
  public Shape shape() {
    return Shape.of(numericFeatures + cardinalities.size());
  }

  @Override
  public TableInput table() {
    return this;
  }

  @Override
  public String toString() {
    return "rows of %d numbers and %d categories".formatted(numericFeatures, cardinalities.size());
  }
}
