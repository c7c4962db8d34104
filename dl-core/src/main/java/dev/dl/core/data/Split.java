package dev.dl.core.data;

import java.util.Locale;

/** A part of a dataset by its use. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  /** The name in metrics and on the command line: {@code validation}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
