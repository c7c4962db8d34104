package dev.dl.core.archive;

import java.io.IOException;
import java.nio.file.Path;

/** An archive that is refused; the message is one line: {@code archive: found …, expected …}. */
public final class ArchiveException extends IOException {
  private static final long serialVersionUID = 1;

  ArchiveException(Path archive, String found, String expected) {
    super(archive + ": found " + found + ", expected " + expected);
  }
}
