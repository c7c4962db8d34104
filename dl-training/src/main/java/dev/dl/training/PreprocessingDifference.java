package dev.dl.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.data.Preprocessing;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is not the same in two ways to prepare data.
 *
 * @param where as preprocessing.json names it: {@code target.names[2]}
 * @param first what is there in the first
 * @param second and in the second
 */
record PreprocessingDifference(String where, String first, String second) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTHING = "nothing";

  /** The first difference, if there is any. */
  static Optional<PreprocessingDifference> first(Preprocessing one, Preprocessing other) {
    return first("", JSON.valueToTree(one), JSON.valueToTree(other))
        .or(() -> first(one.files(), other.files()));
  }

  private static Optional<PreprocessingDifference> first(
      String where, JsonNode one, JsonNode other) {
    if (one.equals(other)) {
      return Optional.empty();
    }
    if (one.isObject() && other.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      String prefix = where.isEmpty() ? "" : where + ".";
      return names.stream()
          .flatMap(name -> first(prefix + name, one.path(name), other.path(name)).stream())
          .findFirst();
    }
    if (one.isArray() && other.isArray() && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        Optional<PreprocessingDifference> inside =
            first(where + "[" + i + "]", one.get(i), other.get(i));
        if (inside.isPresent()) {
          return inside;
        }
      }
    }
    return Optional.of(new PreprocessingDifference(where, shown(one), shown(other)));
  }

  private static String shown(JsonNode value) {
    if (value.isContainerNode() && value.size() > 12) {
      return value.size() + " values";
    }
    return value.isMissingNode() ? NOTHING : value.toString();
  }

  private static Optional<PreprocessingDifference> first(
      Map<String, byte[]> one, Map<String, byte[]> other) {
    return one.keySet().stream()
        .filter(name -> !Arrays.equals(one.get(name), other.get(name)))
        .findFirst()
        .map(name -> new PreprocessingDifference(name, "of other content", "the one"));
  }
}
