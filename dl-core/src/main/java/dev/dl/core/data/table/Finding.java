package dev.dl.core.data.table;

/**
 * Something suspicious about a feature.
 *
 * @param feature its name, as in {@link TablePreprocessing#featureNames}
 * @param message one line that begins with the feature
 */
public record Finding(String feature, Suspicion suspicion, String message) {
  /** What a feature can be suspected of. */
  public enum Suspicion {
    /** It is the same in every row, and teaches nothing. */
    CONSTANT,
    /** It determines the target alone: it is likely to be known only when the target is. */
    LEAKING
  }
}
