package dev.dl.core.backend;

/** The backend that was asked for cannot run on this machine, or not with this build. */
public final class BackendUnavailableException extends RuntimeException {

  /**
   * @param backend what was asked for
   * @param reason what was found
   * @param remedy what to do
   */
  public BackendUnavailableException(String backend, String reason, String remedy) {
    super("backend " + backend + ": " + reason + "; " + remedy);
  }
}
