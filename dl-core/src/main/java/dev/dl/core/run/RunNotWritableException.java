package dev.dl.core.run;

import java.io.IOException;
import java.nio.file.Path;

/** A run directory that cannot be created or written to, found before any work was done. */
public final class RunNotWritableException extends IOException {
  private static final long serialVersionUID = 1;

  public RunNotWritableException(Path run, String found, String remedy) {
    super(run + ": got " + found + ", expected a place for a run; " + remedy);
  }

  RunNotWritableException(Path run, IOException cause) {
    this(
        run,
        "a directory that cannot be written to",
        "choose another --run: " + cause.getMessage());
    initCause(cause);
  }
}
