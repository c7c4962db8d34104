package dev.dl.core.data.rows;

import dev.dl.core.data.problem.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong in one file; of very many problems, only the first are kept, the others counted.
 */
final class Problems {
  private static final int KEPT = 20;

  private final Path file;
  private final List<String> lines = new ArrayList<>();
  private long more;

  Problems(Path file) {
    this.file = file;
  }

  /** Notes a problem of one line. */
  void add(long line, String problem) {
    add(file + ":" + line + ": " + problem);
  }

  /** Notes a problem of one place in a line. */
  void add(long line, int column, String problem) {
    add(file + ":" + line + ":" + column + ": " + problem);
  }

  /** Notes a problem of the whole file. */
  void addOfFile(String problem) {
    add(file + ": " + problem);
  }

  /** Notes a problem whose place is in its text. */
  void add(String problem) {
    if (lines.size() < KEPT) {
      lines.add(problem);
    } else {
      more++;
    }
  }

  /** Notes what is wrong with the names of columns. */
  void addNames(long line, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isBlank()) {
        add(line, i + 1, "found a column without a name, expected a name for each");
      } else if (names.indexOf(name) < i) {
        add(line, i + 1, "found the column \"" + name + "\" again, expected each name once");
      }
    }
  }

  /**
   * Throws what was noted.
   *
   * @throws DataException if anything was
   */
  void throwIfAny() {
    if (lines.isEmpty()) {
      return;
    }
    List<String> all = new ArrayList<>(lines);
    if (more > 0) {
      all.add(file + ": and " + more + " more");
    }
    throw new DataException(all);
  }
}
