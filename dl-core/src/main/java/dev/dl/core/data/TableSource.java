package dev.dl.core.data;

import java.nio.file.Path;

/** Tables: CSV, TSV, JSON lines or Parquet files with a column that the model is to tell. */
final class TableSource implements DataSource {
  private static final DatasetInfo INFO =
      DatasetInfo.ofYours(
          "table",
          DatasetTask.TABLE,
          "rows of a CSV, TSV, JSON-lines or Parquet file: data.train, and data.validation and data.test if any");

  private final long memoryBudget;

  /** Keeps encoded rows in memory if they take no more bytes than this. */
  TableSource(long memoryBudget) {
    this.memoryBudget = memoryBudget;
  }

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) {
    return new TableData(SplitFiles.rows(spec, base), memoryBudget);
  }
}
