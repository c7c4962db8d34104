package dev.dl.core.data;

import dev.dl.core.data.rows.Rows;
import java.io.IOException;

/** Rows that can be read again and again. */
@FunctionalInterface
interface RowSource {
  /** The rows from their beginning. */
  Rows open() throws IOException;
}
