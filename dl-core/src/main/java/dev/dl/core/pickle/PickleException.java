package dev.dl.core.pickle;

import java.io.IOException;

/** A pickle that is damaged, or asks for what is refused. */
public final class PickleException extends IOException {
  private static final long serialVersionUID = 1;

  private final String found;
  private final String expected;

  public PickleException(String found, String expected) {
    super("got " + found + ", expected " + expected);
    this.found = found;
    this.expected = expected;
  }

  /** What was there. */
  public String found() {
    return found;
  }

  /** What should have been. */
  public String expected() {
    return expected;
  }
}
