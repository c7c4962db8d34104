package dev.dl.core.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Storage that failed while a run wrote to it: full, gone, read-only, or broken. */
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1;

  public StorageException(Path path, IOException cause) {
    super(
        path
            + ": got \""
            + reason(cause)
            + "\", expected to write there; mend the storage, then continue with --resume",
        cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such file or directory; has the run directory been removed?";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason =
        cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }
}
