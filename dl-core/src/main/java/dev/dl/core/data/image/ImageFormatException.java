package dev.dl.core.data.image;

import java.io.IOException;

/** A file that is no picture that can be read; the message says what it is instead. */
public final class ImageFormatException extends IOException {
  private static final long serialVersionUID = 1;

  ImageFormatException(String found) {
    super(found);
  }
}
