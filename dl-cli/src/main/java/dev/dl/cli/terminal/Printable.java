package dev.dl.cli.terminal;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text from outside (labels, names, paths) made safe to print: nothing in it can steer a terminal.
 */
public final class Printable {

  private Printable() {}

  /** The text with every control and formatting character shown as {@code \\uXXXX}. */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Printable::steers)) {
      return text;
    }
    StringBuilder printable = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (steers(point)) {
                printable.append(String.format(Locale.ROOT, "\\u%04X", point));
              } else {
                printable.appendCodePoint(point);
              }
            });
    return printable.toString();
  }

  /** The lines of a text, each made safe. */
  public static Stream<String> lines(String text) {
    return text.lines().map(Printable::of);
  }

  /** A text of several lines made safe; its lines and tabs stay. */
  public static String text(String text) {
    return text.lines()
        .map(line -> Stream.of(line.split("\t", -1)).map(Printable::of))
        .map(parts -> parts.collect(Collectors.joining("\t")))
        .collect(Collectors.joining("\n"));
  }

  private static boolean steers(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Right-to-left overrides and their like; the joiner holds emoji together.
      case Character.FORMAT -> point != 0x200D;
      default -> false;
    };
  }
}
