package dev.dl.models.adaptation;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Nearest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names with gaps: {@code *} stands for any characters, dots included, and {@code ?} for one.
 * {@code encoder.layer.1.*} means everything in that block and nothing of block 10.
 */
public record NamePattern(String text) {

  /** Whether a whole name is meant. */
  public boolean matches(String name) {
    String quoted = Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return name.matches(quoted);
  }

  /** Whether any of the patterns means a name. */
  public static boolean anyMatches(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> new NamePattern(pattern).matches(name));
  }

  /**
   * Refuses patterns that mean none of the names.
   *
   * @param setting that the patterns are from
   * @throws ConfigException which tells names and patterns that are near
   */
  public static void requireMatches(
      String setting, List<String> patterns, Collection<String> names) {
    for (String pattern : patterns) {
      if (names.stream().noneMatch(new NamePattern(pattern)::matches)) {
        List<String> near = Nearest.several(pattern, meaningful(names));
        throw new ConfigException(
            setting,
            pattern,
            "a pattern that matches a parameter, such as " + names.iterator().next(),
            near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "?");
      }
    }
  }

  /** The names, and the pattern of each of their beginnings. */
  private static Set<String> meaningful(Collection<String> names) {
    Set<String> patterns = new LinkedHashSet<>();
    for (String name : names) {
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        patterns.add(name.substring(0, dot + 1) + "*");
      }
    }
    patterns.addAll(names);
    return patterns;
  }
}
