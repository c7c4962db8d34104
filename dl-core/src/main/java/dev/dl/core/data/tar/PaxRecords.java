package dev.dl.core.data.tar;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a pax header says of the member after it: lines of {@code LENGTH KEY=VALUE}. */
final class PaxRecords {
  private PaxRecords() {}

  /**
   * The values by their keys.
   *
   * @throws IllegalArgumentException if they are not written so
   */
  static Map<String, String> parse(byte[] content) {
    Map<String, String> values = new HashMap<>();
    int start = 0;
    while (start < content.length) {
      int blank = indexOf(content, ' ', start, content.length);
      long length = Long.parseLong(text(content, start, blank));
      long end = start + length;
      if (end > content.length || end <= blank || content[(int) end - 1] != '\n') {
        throw new IllegalArgumentException("a record of " + length + " bytes");
      }
      int equals = indexOf(content, '=', blank, (int) end);
      values.put(text(content, blank + 1, equals), text(content, equals + 1, (int) end - 1));
      start = (int) end;
    }
    return values;
  }

  private static int indexOf(byte[] content, char wanted, int start, int end) {
    for (int i = start; i < end; i++) {
      if (content[i] == wanted) {
        return i;
      }
    }
    throw new IllegalArgumentException("a record without '" + wanted + "'");
  }

  private static String text(byte[] content, int start, int end) {
    return new String(content, start, end - start, StandardCharsets.UTF_8);
  }
}
