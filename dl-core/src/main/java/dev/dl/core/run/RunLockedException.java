package dev.dl.core.run;

import java.io.IOException;
import java.nio.file.Path;

/** A run directory that another process is writing to. */
public final class RunLockedException extends IOException {
  private static final long serialVersionUID = 1;

  public RunLockedException(Path run, String holder) {
    super(
        run
            + ": got a run in use by "
            + holder
            + ", expected a free one; wait until it ends, or choose another --run");
  }
}
