package dev.dl.core.data.cell;

import java.util.List;

/** Cells or columns that cannot be used; carries every problem found, one line each. */
public final class CellException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public CellException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One problem: {@code where: found …, expected …}. */
  CellException(Object where, String found, String expected) {
    this(List.of(where + ": found " + found + ", expected " + expected));
  }

  /** Each problem as one line. */
  public List<String> problems() {
    return problems;
  }
}
