package dev.dl.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Texts with targets: files of rows, or folders with a sub-folder of text files for each class. */
final class TextSource implements DataSource {
  private static final DatasetInfo INFO =
      DatasetInfo.ofYours(
          "text",
          DatasetTask.TEXTS,
          "texts with labels: data.train is a CSV, TSV, JSON-lines or Parquet file, or a folder per class");

  private final long memoryBudget;

  /** Keeps encoded texts in memory if they take no more bytes than this. */
  TextSource(long memoryBudget) {
    this.memoryBudget = memoryBudget;
  }

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) throws IOException {
    Map<Split, RowSource> sources = SplitFiles.rows(spec, base);
    List<String> notices = new ArrayList<>();
    Map<Split, Path> places = new EnumMap<>(SplitFiles.of(spec, base, "a file or folder of texts"));
    for (Map.Entry<Split, Path> place : places.entrySet()) {
      if (Files.isDirectory(place.getValue())) {
        TextFolder folder = TextFolder.of(place.getValue(), spec);
        notices.addAll(folder.skipped());
        sources.put(place.getKey(), folder);
      }
    }
    return new TextData(sources, notices, base, memoryBudget);
  }
}
