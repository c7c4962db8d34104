package dev.dl.core.data.table;

import dev.dl.core.data.cell.Cell;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A column of names, encoded as a code: 0 if unknown, 1 if missing where that occurred in training,
 * then the categories.
 *
 * @param missing whether a missing value has a code of its own; else it is unknown
 * @param categories by falling count in training, then by name, or as they were fixed
 */
public record CategoricalColumn(String name, boolean missing, List<String> categories) {
  /** A longer value is taken for a text in the wrong column. */
  public static final int LONGEST_CATEGORY = 256;

  private static final int MOST_COUNTED = 1_000_000;
  private static final int UNKNOWN = 0;
  private static final int MISSING = 1;

  public CategoricalColumn {
    Objects.requireNonNull(name, "name");
    categories = List.copyOf(categories);
  }

  /** Number of codes. */
  public int cardinality() {
    return firstCategory() + categories.size();
  }

  /** The codes of the categories. */
  Map<String, Integer> codes() {
    Map<String, Integer> codes = new HashMap<>();
    for (String category : categories) {
      codes.put(category, firstCategory() + codes.size());
    }
    return codes;
  }

  /** The code of a cell, given the {@link #codes} of the categories. */
  int code(Cell cell, Map<String, Integer> codes) {
    return cell.isMissing()
        ? missing ? MISSING : UNKNOWN
        : codes.getOrDefault(cell.text(), UNKNOWN);
  }

  private int firstCategory() {
    return missing ? MISSING + 1 : MISSING;
  }

  /** Counts the values of the training rows. */
  static final class Fit implements ColumnFit {
    private final Map<String, Integer> counts = new HashMap<>();
    private boolean missing;

    @Override
    public void add(Cell cell) {
      if (cell.isMissing()) {
        missing = true;
        return;
      }
      if (cell.text().length() > LONGEST_CATEGORY) {
        throw cell.expected("a category of at most " + LONGEST_CATEGORY + " characters");
      }
      if (counts.size() == MOST_COUNTED && !counts.containsKey(cell.text())) {
        throw cell.expected("one of at most " + MOST_COUNTED + " categories");
      }
      counts.merge(cell.text(), 1, Integer::sum);
    }

    CategoricalColumn column(String name, CategoryLimits limits) {
      if (!limits.fixed().isEmpty()) {
        return new CategoricalColumn(name, false, limits.fixed());
      }
      List<String> categories =
          counts.entrySet().stream()
              .filter(category -> category.getValue() >= limits.minimumCount())
              .sorted(
                  Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(limits.maximumCategories())
              .map(Map.Entry::getKey)
              .toList();
      return new CategoricalColumn(name, missing, categories);
    }
  }
}
