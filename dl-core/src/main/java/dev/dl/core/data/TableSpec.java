package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import dev.dl.core.data.table.CategoryLimits;
import dev.dl.core.data.table.ColumnKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the columns of a table are taken, where that is not to follow from their values.
 *
 * @param numeric columns of numbers
 * @param categorical columns of names, which may be digits
 * @param dates columns of ISO 8601 dates
 * @param ignored columns that the model is not given
 * @param item of ratings, columns that describe what is rated, for models that tell it from who
 *     rates; all others describe that
 * @param categories of every categorical column, in the order of their codes, for weights that know
 *     them so; none: those that training rows have, by falling count
 * @param maximumCategories of one column, the most frequent ones; the others are unknown
 * @param minimumCount how many training rows a category has at the least
 */
public record TableSpec(
    @Default("[]") List<String> numeric,
    @Default("[]") List<String> categorical,
    @Default("[]") List<String> dates,
    @Default("[]") List<String> ignored,
    @Default("[]") List<String> item,
    @Default("[]") List<String> categories,
    @Default("10000") @Minimum(1) int maximumCategories,
    @Default("2") @Minimum(1) int minimumCount) {

  public TableSpec {
    if (new HashSet<>(categories).size() < categories.size()) {
      throw new ConfigException("categories", categories.toString(), "each of them once", "");
    }
  }

  Map<String, ColumnKind> kinds() {
    Map<String, ColumnKind> kinds = new LinkedHashMap<>();
    numeric.forEach(name -> kinds.put(name, ColumnKind.NUMERIC));
    categorical.forEach(name -> kinds.put(name, ColumnKind.CATEGORICAL));
    dates.forEach(name -> kinds.put(name, ColumnKind.DATE));
    ignored.forEach(name -> kinds.put(name, ColumnKind.IGNORED));
    return kinds;
  }

  CategoryLimits limits() {
    return new CategoryLimits(maximumCategories, minimumCount, categories);
  }
}
