package dev.dl.core.data.table;

/** What a column of a table is taken for. */
public enum ColumnKind {
  /** Numbers, which become one standardized feature. */
  NUMERIC,
  /** Names, which become the codes of categories. */
  CATEGORICAL,
  /** ISO 8601 dates, with or without a time, which become several features. */
  DATE,
  /** Not given to the model. */
  IGNORED,
  /** What the model is to tell. */
  TARGET
}
