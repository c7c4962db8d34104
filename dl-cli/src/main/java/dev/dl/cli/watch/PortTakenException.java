package dev.dl.cli.watch;

import java.io.IOException;

/** A port that cannot be listened on, mostly since another program does. */
public final class PortTakenException extends IOException {
  private static final long serialVersionUID = 1;

  PortTakenException(String address, int port, IOException cause) {
    super(
        address
            + ":"
            + port
            + ": cannot be listened on ("
            + cause.getMessage()
            + "), expected a free port; choose another with --port, or 0 for any",
        cause);
  }
}
