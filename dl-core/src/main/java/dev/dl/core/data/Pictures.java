package dev.dl.core.data;

import dev.dl.core.data.rows.Rows;
import java.io.IOException;

/** Encoded pictures of one split where they lie, in a fixed order. Safe to read from threads. */
interface Pictures {

  /** Number of pictures. */
  int size();

  /** Where a picture lies, for messages. */
  String name(int picture);

  /**
   * The bytes of a picture's file.
   *
   * @throws dev.dl.core.data.image.ImageFormatException if that is no file, or too large a one
   */
  byte[] content(int picture) throws IOException;

  /** A row for each picture, with the columns that the target needs. */
  Rows targets();

  /**
   * Whether they lie one after the other, and may be more than anybody wants to decode before the
   * first step.
   */
  boolean streamed();
}
