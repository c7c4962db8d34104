package dev.dl.core.data.tar;

import java.io.IOException;
import java.nio.file.Path;

/** An archive that cannot be read on from some place; its message is one line. */
public final class TarFileException extends IOException {
  private static final long serialVersionUID = 1;

  TarFileException(Path file, long offset, String found, String expected) {
    super(file + ": byte " + offset + ": found " + found + ", expected " + expected);
  }
}
