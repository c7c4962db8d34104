package dev.dl.core.config;

/**
 * One thing wrong with a configuration.
 *
 * @param path where, dotted from the root: {@code training.batchSize}
 * @param found what stands there
 * @param expected what would be right
 * @param remedy how to mend it, or the empty string
 */
public record ConfigProblem(String path, String found, String expected, String remedy) {

  /**
   * The problem as one line: {@code training.batchSize: got 0, expected a whole number of at least
   * 1}.
   */
  @Override
  public String toString() {
    return path
        + ": got "
        + found
        + ", expected "
        + expected
        + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
