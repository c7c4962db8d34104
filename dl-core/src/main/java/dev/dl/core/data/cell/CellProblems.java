package dev.dl.core.data.cell;

import java.util.ArrayList;
import java.util.List;

/** The problems of many cells, gathered to be told together. */
public final class CellProblems {
  private static final int MOST = 20;

  private final List<String> lines = new ArrayList<>();

  /** Does something with a cell, and remembers what is wrong with it. */
  public void gather(Runnable use) {
    try {
      use.run();
    } catch (CellException e) {
      add(e);
    }
  }

  /**
   * Remembers problems.
   *
   * @throws CellException at the twentieth: whoever has more has one cause for them
   */
  public void add(CellException problem) {
    lines.addAll(problem.problems());
    if (lines.size() >= MOST) {
      lines.add("stopped after " + lines.size() + " problems; there may be more");
      throwIfAny();
    }
  }

  /** Throws what was gathered, if anything was. */
  public void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new CellException(lines);
    }
  }
}
