package dev.dl.training.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dl.core.config.ConfigWriter;
import dev.dl.training.spec.RunSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a spec by their names as configurations write them.
 *
 * @param all {@code optimizer.learningRate}: {@code 0.1}; a list is one value
 */
record Settings(Map<String, String> all) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * What does not decide which architecture a run is of, or how good it gets; of the data, what its
   * fingerprint tells better.
   */
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "name",
          "seed",
          "backend",
          "data.source",
          "data.path",
          "data.train",
          "data.validation",
          "data.test",
          "data.validationFraction",
          "data.testFraction",
          "data.splitSeed",
          "data.onBadSample",
          "data.allowLeakage",
          "data.cache",
          "training.maximumDuration",
          "training.onNonFinite",
          "training.preflight",
          "training.checkpoint",
          "evaluation.batchSize");

  static Settings of(RunSpec spec) {
    try {
      Map<String, String> all = new LinkedHashMap<>();
      flatten("", YAML.readTree(ConfigWriter.yaml(spec)), all);
      return new Settings(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is written is YAML", e);
    }
  }

  private static void flatten(String name, JsonNode value, Map<String, String> all) {
    if (value.isObject()) {
      String prefix = name.isEmpty() ? "" : name + ".";
      value
          .fields()
          .forEachRemaining(field -> flatten(prefix + field.getKey(), field.getValue(), all));
    } else {
      all.put(name, value.isArray() ? value.toString().replace("\"", "") : value.asText());
    }
  }

  /** Those by which a candidate differs from another one. */
  Settings deciding() {
    Map<String, String> deciding = new LinkedHashMap<>(all);
    deciding.keySet().removeIf(name -> WITHOUT_EFFECT.stream().anyMatch(out -> isIn(name, out)));
    return new Settings(deciding);
  }

  /** A setting, or all of a group on one line. */
  String value(String name) {
    Map<String, String> group = new LinkedHashMap<>();
    all.forEach(
        (setting, value) -> {
          if (isIn(setting, name)) {
            group.put(setting.substring(Math.min(setting.length(), name.length() + 1)), value);
          }
        });
    return group.containsKey("") ? group.get("") : group.toString().replace("=", ": ");
  }

  /** Whether a setting is this one, or of this group. */
  private static boolean isIn(String setting, String group) {
    return setting.equals(group) || setting.startsWith(group + ".");
  }
}
