package dev.dl.core.data.problem;

import java.util.List;

/** Data that is there but cannot be used; carries every problem found, one line each. */
public class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public DataException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One problem: {@code where: found …, expected …}. */
  public DataException(Object where, String found, String expected) {
    this(List.of(where + ": found " + found + ", expected " + expected));
  }

  /** Each problem as one line. */
  public final List<String> problems() {
    return problems;
  }
}
