package dev.dl.core.data.rows;

import java.util.List;

/** A file of rows that cannot be used as it is; carries every problem found, one line each. */
public final class RowFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  RowFileException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each problem as one line: {@code file:line: found …, expected …}. */
  public List<String> problems() {
    return problems;
  }
}
