package dev.dl.core.data.text;

import dev.dl.core.textfile.TextFile;
import dev.dl.core.textfile.TextLines;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The lines of files in turn, read as they are asked for, each with {@code \n} at its end; parts of
 * lines that are longer than a million characters. Throws {@link UncheckedIOException}, of a {@link
 * dev.dl.core.textfile.TextFileException} where a file is not the text that it should be.
 */
public final class TextParts implements Iterator<String>, Closeable {
  private static final int LONGEST = 1 << 20;

  private final Iterator<Path> files;
  private final Charset charset;
  private TextLines lines;
  private String ahead;

  TextParts(List<Path> files, Charset charset) {
    this.files = files.iterator();
    this.charset = charset;
  }

  @Override
  public boolean hasNext() {
    try {
      while (ahead == null && (lines != null || files.hasNext())) {
        if (lines == null) {
          lines = new TextLines(TextFile.open(files.next(), charset), LONGEST);
        }
        ahead = lines.next();
        if (ahead == null) {
          close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ahead != null;
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
