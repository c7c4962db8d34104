package dev.dl.core.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

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

  private StorageException(Path path, String reason, long needed, long free, IOException cause) {
    super(
        String.format(
            Locale.ROOT,
            "%s: got \"%s\", expected room for %,d bytes, of which %,d are free; make room, then"
                + " continue with --resume",
            path,
            reason,
            needed,
            free),
        cause);
  }

  /**
   * A failure to write, told as too little room if there is less than was needed.
   *
   * @param path that was to be written
   * @param needed bytes
   * @param folder that exists, on the same storage
   */
  public static StorageException withRoom(
      IOException failure, Path path, long needed, Path folder) {
    IOException cause =
        failure instanceof StorageException && failure.getCause() instanceof IOException inner
            ? inner
            : failure;
    long free = free(folder);
    return free < needed
        ? new StorageException(path, reason(cause), needed, free, cause)
        : failure instanceof StorageException told ? told : new StorageException(path, cause);
  }

  private static long free(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE; // not the trouble that is to be told
    }
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
