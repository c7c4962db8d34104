package dev.dl.training.reproduction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Something that is not the same in two runs.
 *
 * @param what {@code threads}, {@code validation.loss}
 * @param recorded what it was in the first, {@code null} if there was none
 * @param now what it is in the second, likewise
 * @param by how much a number differs, {@code null} for what is none
 */
public record Difference(String what, String recorded, String now, Double by) {

  /** What differs, in the order of the names. */
  static List<Difference> between(Map<String, ?> recorded, Map<String, ?> now) {
    Set<String> names = new LinkedHashSet<>(recorded.keySet());
    names.addAll(now.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      Object before = recorded.get(name);
      Object after = now.get(name);
      if (!Objects.equals(before, after)) {
        differences.add(new Difference(name, text(before), text(after), by(before, after)));
      }
    }
    return List.copyOf(differences);
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private static Double by(Object before, Object after) {
    return before instanceof Double first && after instanceof Double second
        ? Math.abs(first - second)
        : null;
  }
}
