package dev.dl.core.data.cell;

/**
 * Numbers in units of their deviation from their mean.
 *
 * @param deviation of the population; 0 if they were all equal, and then every number becomes 0
 */
public record Standardization(double mean, double deviation) {

  public Standardization {
    if (!Double.isFinite(mean) || !(deviation >= 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException("mean " + mean + ", deviation " + deviation);
    }
  }

  /** The number of a cell, standardized: the mean's, 0, if it is missing. */
  public float apply(Cell cell) {
    double number = cell.number();
    float standardized = Double.isNaN(number) ? 0 : (float) apply(number);
    if (!Float.isFinite(standardized)) {
      throw cell.expected("a number less far from " + mean + ", the mean of training");
    }
    return standardized;
  }

  /** The standardized number. */
  public double apply(double number) {
    return deviation == 0 ? 0 : (number - mean) / deviation;
  }

  /** The number that became this. */
  public double restore(double standardized) {
    return mean + deviation * standardized;
  }
}
