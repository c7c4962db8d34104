package dev.dl.core.run;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a run that does not hold what it should. */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1;

  public DamagedFileException(Path file, String found, String expected) {
    super(file + ": got " + found + ", expected " + expected);
  }
}
