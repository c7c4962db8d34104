package dev.dl.core.data.rows;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;

/** The rows of an open file in their order, read as they are asked for. */
public interface Rows extends Iterator<Row>, Closeable {
  /** The file they are read from. */
  Path file();

  /** How the rows are called, by their lines: {@code reviews.csv:18}. */
  default LongFunction<String> places() {
    Path file = file();
    return line -> file + ":" + line;
  }

  /** Names of the columns. */
  List<String> columns();
}
