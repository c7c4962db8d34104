package dev.dl.core.data;

/** Data that is not where it was looked for; the message says where that was and how to get it. */
public final class DataMissingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DataMissingException(String message) {
    super(message);
  }
}
