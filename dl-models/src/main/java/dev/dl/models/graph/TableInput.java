package dev.dl.models.graph;

import dev.dl.models.layer.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of a table: one vector with the numbers first, then the code of one category for each
 * categorical column.
 *
 * @param numericFeatures how many numbers there are
 * @param cardinalities number of codes of each categorical column, which count from 0
 * @param item where in the vector the item is described, of rows about a user and an item; none of
 *     rows that are not said to be
 */
public record TableInput(int numericFeatures, List<Integer> cardinalities, List<Integer> item)
    implements Input {

  public TableInput {
    cardinalities = List.copyOf(cardinalities);
    item = item.stream().sorted().distinct().toList();
    int columns = numericFeatures + cardinalities.size();
    if (numericFeatures < 0
        || columns == 0
        || cardinalities.stream().anyMatch(cardinality -> cardinality < 1)) {
      throw new IllegalArgumentException(
          "got a table of %d numbers and categories of %s, expected at least one column"
              .formatted(numericFeatures, cardinalities));
    }
    if (item.stream().anyMatch(position -> position < 0 || position >= columns)) {
      throw new IllegalArgumentException(
          "got an item at %s, expected positions below %d".formatted(item, columns));
    }
  }

  /** Rows that are not said to be about a user and an item. */
  public TableInput(int numericFeatures, List<Integer> cardinalities) {
    this(numericFeatures, cardinalities, List.of());
  }

  /** Where in the vector the user is described: wherever the item is not. */
  public List<Integer> user() {
    return IntStream.range(0, shape().size()).boxed().filter(i -> !item.contains(i)).toList();
  }

  /** Rows of those columns alone. */
  public TableInput part(List<Integer> positions) {
    List<Integer> codes = positions.stream().filter(i -> i >= numericFeatures).toList();
    return new TableInput(
        positions.size() - codes.size(),
        codes.stream().map(i -> cardinalities.get(i - numericFeatures)).toList());
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
