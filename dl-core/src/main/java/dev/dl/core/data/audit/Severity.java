package dev.dl.core.data.audit;

/** How bad a finding is. */
public enum Severity {
  /** The data cannot be used, or what is measured on it would be wrong. */
  ERROR,
  /** Somebody should look at it. */
  WARNING,
  /** Good to know. */
  NOTE
}
