package dev.dl.training.study;

import java.util.Locale;

/** Where a cell stands, as its directory says. */
public enum CellState {
  /** Not begun, or interrupted: somebody is to train it. */
  OPEN,
  /** Trained to its end, with results. */
  DONE,
  /** Its loss or a gradient was not finite; it would be so again. */
  DIVERGED,
  /** Ended by something else; another call tries again. */
  FAILED;

  /** Whether nobody is to train it now. */
  public boolean ended() {
    return this != OPEN;
  }

  /** The name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
