package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.config.Maximum;
import dev.dl.core.config.Minimum;
import java.util.HashSet;
import java.util.List;

/**
 * What the numbers in masks mean.
 *
 * @param classes names of the classes; empty: their numbers
 * @param values number of each class, such as {@code [0, 255]}; empty: 0, 1, 2 and so on, as many
 *     as there are names or as the masks for training have
 * @param ignore number of pixels that are of no class, and that training and metrics leave out
 */
public record MaskSpec(
    @Default("[]") List<String> classes,
    @Default("[]") @Minimum(0) @Maximum(255) List<Integer> values,
    @Default("255") @Minimum(0) @Maximum(255) int ignore) {
  public MaskSpec {
    if (!classes.isEmpty() && !values.isEmpty() && classes.size() != values.size()) {
      throw new ConfigException(
          "values", values.size() + " numbers", classes.size() + ", one for each class", "");
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new ConfigException("values", values.toString(), "each number once", "");
    }
    if (classes.size() == 1 || values.size() == 1) {
      throw new ConfigException(classes.size() == 1 ? "classes" : "values", "one", "2 or more", "");
    }
  }
}
