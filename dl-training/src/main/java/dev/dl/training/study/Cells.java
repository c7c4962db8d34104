package dev.dl.training.study;

import dev.dl.core.run.RunLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cells that are trained one after the other, beside other processes that do the same with the same
 * cells: whoever claims an open one trains it.
 */
public record Cells(List<Cell> cells) {
  private static final long WAIT_MILLISECONDS = 500;

  public Cells {
    cells = List.copyOf(cells);
  }

  /** Something that watches, and may stop it. */
  public interface Watch {
    /** Asked some times a second, on the thread that sees to the cells. */
    boolean stops();

    /** This process begins a cell, or goes on with it. */
    void begins(Cell cell) throws IOException;

    /** This process has done with a cell. */
    void ends(Cell cell, CellTrainer.Result result) throws IOException;
  }

  /**
   * Trains until every cell has ended, here or elsewhere.
   *
   * @return false if it was stopped before
   */
  public boolean train(CellTrainer trainer, Watch watch) throws IOException {
    while (!watch.stops()) {
      List<Cell> open = open();
      if (open.isEmpty()) {
        return true;
      }
      boolean trained = false;
      for (Cell cell : open) {
        trained = !watch.stops() && trainIfFree(cell, trainer, watch);
        if (trained) {
          break; // earlier ones may be free by now
        }
      }
      if (!trained && !pause()) {
        return false;
      }
    }
    return false;
  }

  /** Those that somebody is to train, or trains now. */
  public List<Cell> open() throws IOException {
    List<Cell> open = new ArrayList<>();
    for (Cell cell : cells) {
      if (!cell.state().ended()) {
        open.add(cell);
      }
    }
    return open;
  }

  private static boolean trainIfFree(Cell cell, CellTrainer trainer, Watch watch)
      throws IOException {
    Optional<RunLock> claim = cell.claim();
    if (claim.isEmpty()) {
      return false;
    }
    try (RunLock held = claim.get()) {
      if (cell.state().ended()) { // by another process, meanwhile
        return true;
      }
      watch.begins(cell);
      CellTrainer.Result result = trainer.train(cell, watch::stops);
      if (result.failure().isPresent()) {
        cell.fail(result.failure().get());
      }
      watch.ends(cell, result);
      return result.end() != CellTrainer.End.BUSY;
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(WAIT_MILLISECONDS);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
