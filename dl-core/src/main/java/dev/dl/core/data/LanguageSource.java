package dev.dl.core.data;

import java.nio.file.Path;

/** Plain text for language models: files or folders of them. */
final class LanguageSource implements DataSource {
  private static final DatasetInfo INFO =
      DatasetInfo.ofYours(
          "language",
          DatasetTask.LANGUAGE,
          "plain text for a language model: data.train is a text file or a folder of .txt files");

  private final long memoryBudget;

  /** Keeps tokens in memory if they take no more bytes than this. */
  LanguageSource(long memoryBudget) {
    this.memoryBudget = memoryBudget;
  }

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) {
    return new LanguageData(
        SplitFiles.of(spec, base, "a text file or a folder of them"), base, memoryBudget);
  }
}
