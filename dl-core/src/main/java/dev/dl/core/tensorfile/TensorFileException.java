package dev.dl.core.tensorfile;

import java.io.IOException;
import java.util.Locale;

/** A tensor file that is damaged, hostile, or holds what dl cannot use. The message is one line. */
public final class TensorFileException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST = 200;

  /**
   * Something in a file that should not be so.
   *
   * @param where the file, and the place in it
   * @param found may quote the file, which is cut to a length and freed of control characters
   */
  public TensorFileException(String where, String found, String expected) {
    super(where + ": got " + quotable(found) + ", expected " + expected);
  }

  /** Text of a file, short and without what would steer a terminal or begin a line. */
  static String quotable(String found) {
    StringBuilder text = new StringBuilder();
    found
        .codePoints()
        .limit(LONGEST)
        .forEach(
            point -> {
              if (Character.isISOControl(point) || point == 0x2028 || point == 0x2029) {
                text.append(String.format(Locale.ROOT, "\\u%04X", point));
              } else {
                text.appendCodePoint(point);
              }
            });
    return found.codePointCount(0, found.length()) > LONGEST ? text + "..." : text.toString();
  }
}
