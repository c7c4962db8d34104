package dev.dl.core.data.rows;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * A text with one more line after it. If that one does not come out of a parser as a row of its
 * own, a quote of the text was never closed.
 */
final class EndedText extends FilterReader {
  private static final String END = "\uE000end of the file";
  private static final String LINE = "\n" + END;

  private boolean ended;
  private int appended;

  EndedText(Reader text) {
    super(text);
  }

  /** Whether this is the row after the text. */
  static boolean isEnd(List<String> cells) {
    return cells.equals(List.of(END));
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (!ended) {
      int count = super.read(target, offset, length);
      if (count >= 0) {
        return count;
      }
      ended = true;
    }
    int count = Math.min(length, LINE.length() - appended);
    if (count == 0) {
      return -1;
    }
    LINE.getChars(appended, appended + count, target, offset);
    appended += count;
    return count;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }
}
