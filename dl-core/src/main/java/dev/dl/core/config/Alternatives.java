package dev.dl.core.config;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Settings that are written as a word or as a list: a sealed interface that an enum and a record of
 * one list implement.
 */
final class Alternatives {
  private Alternatives() {}

  /** Whether a type is such an interface. */
  static boolean are(Class<?> type) {
    return type.isInterface()
        && type.isSealed()
        && Arrays.stream(type.getPermittedSubclasses()).anyMatch(Class::isEnum);
  }

  /** The enum of the words. */
  static Class<?> words(Class<?> type) {
    return only(type, Class::isEnum);
  }

  /** The record of the list. */
  static Class<?> list(Class<?> type) {
    return only(type, Class::isRecord);
  }

  /** Whether a record stands for its list. */
  static boolean isList(Record settings) {
    return Arrays.stream(settings.getClass().getInterfaces()).anyMatch(Alternatives::are);
  }

  static String expected(Class<?> type) {
    return "one of " + String.join(", ", Scalars.labels(words(type))) + " or a list such as [a, b]";
  }

  private static Class<?> only(Class<?> type, Predicate<Class<?>> kind) {
    return Arrays.stream(type.getPermittedSubclasses())
        .filter(kind)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no setting can have the type " + type.getName()));
  }
}
