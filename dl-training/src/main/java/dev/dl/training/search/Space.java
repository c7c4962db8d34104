package dev.dl.training.search;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What is searched: dimensions by the fields that they are for, in an order in which conditions
 * look back.
 */
public record Space(Map<String, Dimension> dimensions) {
  /** Fields that say what is trained on or for how long, which trials must have in common. */
  private static final Set<String> NOT_FOR_SEARCH =
      Set.of(
          "name",
          "backend",
          "report",
          "data.source",
          "data.path",
          "data.train",
          "data.validation",
          "data.test",
          "data.validationFraction",
          "data.testFraction",
          "data.splitSeed",
          "training.epochs",
          "training.maximumDuration",
          "training.earlyStopping");

  /** Refuses what no search could be over. */
  static void check(Map<String, Dimension> dimensions) {
    List<ConfigProblem> problems = new ArrayList<>();
    if (dimensions.isEmpty()) {
      problems.add(new ConfigProblem("space", "no field", "one or more", ""));
    }
    Map<String, Dimension> before = new LinkedHashMap<>();
    dimensions.forEach(
        (field, dimension) -> {
          if (field.equals("seed")) {
            problems.add(
                new ConfigProblem(
                    "space.seed", "a search over seeds", "settings", "seeds differ by luck"));
          }
          if (NOT_FOR_SEARCH.stream()
              .anyMatch(fixed -> field.equals(fixed) || field.startsWith(fixed + "."))) {
            problems.add(
                new ConfigProblem(
                    "space." + field,
                    "a field that all trials must have in common to be compared",
                    "others",
                    "leave it out"));
          }
          dimension
              .when()
              .forEach(
                  (other, values) -> {
                    Dimension asked = before.get(other);
                    if (asked == null
                        || values.stream().anyMatch(value -> asked.place(value).isEmpty())) {
                      problems.add(
                          new ConfigProblem(
                              "space." + field + ".when",
                              other + " " + values,
                              "a field of the space before this one, with values that it may have",
                              ""));
                    }
                  });
          before.put(field, dimension);
        });
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** The values of a trial, a value chosen for each field that counts for those before it. */
  Map<String, String> choose(BiFunction<String, Dimension, String> chooser) {
    Map<String, String> values = new LinkedHashMap<>();
    dimensions.forEach(
        (field, dimension) -> {
          boolean counts =
              dimension.when().entrySet().stream()
                  .allMatch(
                      condition -> condition.getValue().contains(values.get(condition.getKey())));
          if (counts) {
            values.put(field, chooser.apply(field, dimension));
          }
        });
    return values;
  }

  /** Overrides to try a spec with: together they show every edge and choice of every field. */
  public List<List<String>> samples() {
    List<List<String>> samples = new ArrayList<>();
    dimensions.forEach(
        (field, dimension) -> {
          for (String value : dimension.extremes()) {
            List<String> overrides = new ArrayList<>();
            dimension.when().forEach((other, values) -> overrides.add(other + "=" + values.get(0)));
            overrides.add(field + "=" + value);
            samples.add(overrides);
          }
        });
    return samples;
  }
}
