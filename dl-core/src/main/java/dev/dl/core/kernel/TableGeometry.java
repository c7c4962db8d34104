package dev.dl.core.kernel;

import java.util.List;

/**
 * The columns of a table, and how wide their vectors are: a number stays one, each category has a
 * vector of its column's own.
 *
 * @param numericFeatures how many numbers come first
 * @param cardinalities number of categories of each column after them
 * @param sizes of the vectors of each such column
 */
public record TableGeometry(int numericFeatures, List<Integer> cardinalities, List<Integer> sizes) {

  public TableGeometry {
    cardinalities = List.copyOf(cardinalities);
    sizes = List.copyOf(sizes);
    if (cardinalities.size() != sizes.size()) {
      throw new IllegalArgumentException(
          "%d columns and %d sizes".formatted(cardinalities.size(), sizes.size()));
    }
  }

  /** Values of a row of the table. */
  public int columns() {
    return numericFeatures + cardinalities.size();
  }

  /** Values of a row of the output. */
  public int features() {
    return numericFeatures + sizes.stream().mapToInt(Integer::intValue).sum();
  }

  /** Values of the vectors of all categories of a column. */
  public int tableLength(int column) {
    return Math.multiplyExact(cardinalities.get(column), sizes.get(column));
  }

  /** Categories of all columns together. */
  public int categories() {
    return cardinalities.stream().mapToInt(Integer::intValue).sum();
  }

  /** How many vectors a column has: one if it holds numbers, else one for each category. */
  public int vectors(int column) {
    int category = column - numericFeatures;
    return category < 0 ? 1 : cardinalities.get(category);
  }

  /** The number of each column's first vector, where those of all columns are one matrix. */
  public int[] firstVectors() {
    int[] first = new int[columns()];
    for (int column = 1; column < first.length; column++) {
      first[column] = first[column - 1] + vectors(column - 1);
    }
    return first;
  }

  /** The category of a value of a column; anything else is refused. */
  public int category(float value, int row, int column) {
    int category = (int) value;
    if (category != value || category < 0 || category >= cardinalities.get(column)) {
      throw new IllegalArgumentException(
          "got the category %s in categorical column %d of row %d, expected 0 to %d"
              .formatted(value, column, row, cardinalities.get(column) - 1));
    }
    return category;
  }
}
