package dev.dl.core.config;

/** Text from a file made fit for a one-line message. */
final class Printable {
  private static final int LIMIT = 60;

  private Printable() {}

  /** The text's first 60 characters, control characters shown as {@code ?}. */
  static String shorten(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LIMIT)
        .map(character -> isControl(character) ? '?' : character)
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > LIMIT ? shown + "..." : shown.toString();
  }

  private static boolean isControl(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
