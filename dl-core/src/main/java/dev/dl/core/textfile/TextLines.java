package dev.dl.core.textfile;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/**
 * The lines of a text in turn, each with {@code \n} at its end however it ended in the file; the
 * last one may have none. A longer line than the maximum comes in parts.
 */
public final class TextLines implements Closeable {
  private static final int END = -1;
  private static final int NOTHING = -2;

  private final Reader text;
  private final int maximum;
  private long number;
  private boolean lineEnded = true;
  private int ahead = NOTHING;

  /**
   * @param maximum of the length of a line or a part, in UTF-16 units; at least 2
   */
  public TextLines(Reader text, int maximum) {
    if (maximum < 2) {
      throw new IllegalArgumentException("maximum " + maximum);
    }
    this.text = text;
    this.maximum = maximum;
  }

  /** The number of the line that was read last, counted from 1. */
  public long number() {
    return number;
  }

  /** The next line or part; {@code null} at the end. A pair of surrogates is never taken apart. */
  public String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = read();
    if (c == END) {
      return null;
    }
    if (lineEnded) {
      number++;
    }
    lineEnded = false;
    while (c != END) {
      line.append((char) c);
      lineEnded = c == '\n';
      if (lineEnded || line.length() >= maximum) {
        break;
      }
      c = read();
      if (line.length() == maximum - 1 && Character.isHighSurrogate((char) c)) {
        ahead = c;
        break;
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  private int read() throws IOException {
    int c = ahead == NOTHING ? text.read() : ahead;
    ahead = NOTHING;
    if (c != '\r') {
      return c;
    }
    int following = text.read();
    ahead = following == '\n' ? NOTHING : following;
    return '\n';
  }
}
