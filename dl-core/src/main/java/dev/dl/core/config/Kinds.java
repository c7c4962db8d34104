package dev.dl.core.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Settings of which there are several kinds: the records that a sealed interface permits, by the
 * names that configurations use.
 */
public final class Kinds {
  private Kinds() {}

  /** The name of a kind: {@code max-pool} for {@code MaxPool}. */
  public static String name(Class<?> kind) {
    return kind.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** Whether settings of this type are of one of several kinds. */
  static boolean has(Class<?> type) {
    return type.isInterface() && type.isSealed() && !Alternatives.are(type);
  }

  /** Whether this record is one of several kinds. */
  static boolean isOne(Class<?> type) {
    return Arrays.stream(type.getInterfaces()).anyMatch(Kinds::has);
  }

  /** The kinds in the order of the interface's list. */
  static Map<String, Class<?>> of(Class<?> type) {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    for (Class<?> kind : type.getPermittedSubclasses()) {
      kinds.put(name(kind), kind);
    }
    return kinds;
  }
}
