package dev.dl.core.data;

/** What to do about samples that cannot be read. */
public enum OnBadSample {
  /** Refuse the data and name every bad sample. */
  FAIL,
  /** Leave them out and say how many and which. */
  SKIP
}
