package dev.dl.core.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The keys that a spec has, read off its record type. */
final class SpecKeys {
  private SpecKeys() {}

  /** The keys of one group of settings, in order. */
  static List<String> of(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** Every dotted path, outer ones first: {@code training} before {@code training.epochs}. */
  static List<String> everyPath(Class<?> type) {
    return Stream.concat(
            of(type).stream(),
            Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType().isRecord())
                .flatMap(
                    component ->
                        everyPath(component.getType()).stream()
                            .map(path -> component.getName() + "." + path)))
        .toList();
  }
}
