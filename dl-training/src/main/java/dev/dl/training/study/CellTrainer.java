package dev.dl.training.study;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Trains cells. */
@FunctionalInterface
public interface CellTrainer {

  /** How it went. */
  enum End {
    /** To the end of the run: see its summary. */
    ENDED,
    /** Saved, since it was asked to stop. */
    STOPPED,
    /**
     * Not begun, since another process still trains it, such as the child of one that was killed.
     */
    BUSY,
    FAILED
  }

  /**
   * How the training of a cell went.
   *
   * @param failure why it failed; empty if it did not
   */
  record Result(End end, Optional<CellFailure> failure) {

    public static Result of(End end) {
      return new Result(end, Optional.empty());
    }

    public static Result failed(CellFailure failure) {
      return new Result(End.FAILED, Optional.of(failure));
    }
  }

  /**
   * Begins a cell, or goes on with it. Its directory has been prepared, and this process has
   * claimed it.
   *
   * @param stop asked some times a second; once it says so, the cell is saved and left
   */
  Result train(Cell cell, BooleanSupplier stop) throws IOException;
}
