package dev.dl.core.metric;

import java.util.Map;

/** What a network did on the samples of a split. */
public interface Evaluation {
  /** How many samples there were. */
  long samples();

  /**
   * The single numbers by their names in files: {@code accuracy}, {@code loss} and so on; the one
   * that a network is judged by first.
   */
  Map<String, Double> metrics();
}
