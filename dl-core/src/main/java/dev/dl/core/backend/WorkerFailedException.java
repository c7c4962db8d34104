package dev.dl.core.backend;

/** A device that shares the batches of a training stopped computing. */
public final class WorkerFailedException extends RuntimeException {

  /**
   * @param name of the device
   * @param cause what its thread ended with
   */
  public WorkerFailedException(String name, Throwable cause) {
    super(
        "worker %s failed: %s; what was saved is whole: resume the run, on other devices with --backend"
            .formatted(name, cause),
        cause);
  }
}
