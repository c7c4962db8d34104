package dev.dl.core.data.table;

import java.util.List;

/**
 * Which values of a categorical column become categories of their own; the rest are unknown.
 *
 * @param maximumCategories of one column, the most frequent ones, at least 1
 * @param minimumCount how many training rows a category has at the least, at least 1
 * @param fixed the categories of every column instead, in the order of their codes, each once;
 *     none: those that it has in training
 */
public record CategoryLimits(int maximumCategories, int minimumCount, List<String> fixed) {
  /** Values that occur once teach nothing but what to think of unknown ones. */
  public static final CategoryLimits DEFAULT = new CategoryLimits(10_000, 2, List.of());

  public CategoryLimits {
    fixed = List.copyOf(fixed);
    if (maximumCategories < 1 || minimumCount < 1) {
      throw new IllegalArgumentException(
          "at most " + maximumCategories + " categories of at least " + minimumCount + " rows");
    }
  }
}
