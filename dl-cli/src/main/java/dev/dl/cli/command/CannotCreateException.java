package dev.dl.cli.command;

import java.io.IOException;
import java.nio.file.Path;

/** A file that the user asked for could not be written where they want it. */
final class CannotCreateException extends IOException {
  private static final long serialVersionUID = 1;

  CannotCreateException(Path file, IOException cause) {
    super(file + ": cannot be created (" + reason(cause) + "); its folder must exist", cause);
  }

  private static String reason(IOException cause) {
    return cause.getClass().getSimpleName().replace("Exception", "");
  }
}
