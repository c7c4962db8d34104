package dev.dl.core.data;

/** What a model is to tell of each sample. */
public enum TargetKind {
  /** One class of several. */
  CLASS,
  /** Any number of labels, all in one cell. */
  LABELS,
  /** Any number of labels, each a column of zeros and ones. */
  INDICATORS,
  /** A number. */
  QUANTITY,
  /** How unlike the training rows a row of a table is. */
  ANOMALY,
  /** That the two texts of a row belong together: vectors of texts are learnt. */
  MATCH,
  /** How alike the two texts of a row are, from -1 to 1: vectors of texts are learnt. */
  SIMILARITY
}
