package dev.dl.core.data.cell;

import dev.dl.core.data.problem.DataException;
import java.util.List;

/** Cells or columns that cannot be used; of a row, others may be. */
public final class CellException extends DataException {
  private static final long serialVersionUID = 1;

  public CellException(List<String> problems) {
    super(problems);
  }

  /** One problem: {@code where: found …, expected …}. */
  CellException(Object where, String found, String expected) {
    super(where, found, expected);
  }
}
