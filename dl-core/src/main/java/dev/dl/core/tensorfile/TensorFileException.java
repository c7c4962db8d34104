package dev.dl.core.tensorfile;

import java.io.IOException;

/** A tensor file that is damaged, hostile, or holds what dl cannot use. */
public final class TensorFileException extends IOException {
  private static final long serialVersionUID = 1;

  public TensorFileException(String where, String found, String expected) {
    super(where + ": got " + found + ", expected " + expected);
  }
}
