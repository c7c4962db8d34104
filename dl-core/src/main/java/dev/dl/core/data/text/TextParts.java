package dev.dl.core.data.text;

import dev.dl.core.textfile.TextFile;
import dev.dl.core.textfile.TextLines;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The lines of files in turn, read as they are asked for, each with {@code \n} at its end, and an
 * empty line between one file and the next; parts of lines that are longer than a million
 * characters. Throws {@link UncheckedIOException}, of a {@link
 * dev.dl.core.textfile.TextFileException} where a file is not the text that it should be.
 */
public final class TextParts implements Iterator<String>, Closeable {
  private static final int LONGEST = 1 << 20;

  private final Iterator<Path> files;
  private TextLines lines;
  private String last;
  private String ahead;

  TextParts(List<Path> files) {
    this.files = files.iterator();
  }

  @Override
  public boolean hasNext() {
    try {
      while (ahead == null && (lines != null || files.hasNext())) {
        if (lines == null) {
          lines = new TextLines(TextFile.open(files.next()), LONGEST);
        }
        String part = lines.next();
        ahead = part == null ? separator() : part;
        last = part;
        if (part == null) {
          close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ahead != null;
  }

  /** What stands between the end of one text and the next: an empty line. */
  private String separator() {
    if (last == null || !files.hasNext()) {
      return null;
    }
    return last.endsWith("\n") ? "\n" : "\n\n";
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more text");
    }
    String part = ahead;
    ahead = null;
    return part;
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
      lines = null;
    }
  }
}
