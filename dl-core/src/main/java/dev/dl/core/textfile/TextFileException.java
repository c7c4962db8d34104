package dev.dl.core.textfile;

import java.io.IOException;

/** A file whose bytes are not the text that they should be; the message begins with file:line. */
public final class TextFileException extends IOException {
  private static final long serialVersionUID = 1;

  TextFileException(String problem) {
    super(problem);
  }
}
