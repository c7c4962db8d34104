package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.text.SentenceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sentences with a tag for each token, in columns as CoNLL's or in JSON lines. */
final class TaggedSource implements DataSource {
  private static final DatasetInfo INFO =
      DatasetInfo.ofYours(
          "tagged-text",
          DatasetTask.TAGS,
          "sentences with a tag for each token: data.train has a token and its tag on each line and an"
              + " empty line between sentences, or is JSON lines with lists tokens and tags");

  private final long memoryBudget;

  /** Keeps token ids in memory if they take no more bytes than this. */
  TaggedSource(long memoryBudget) {
    this.memoryBudget = memoryBudget;
  }

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) throws IOException {
    if (spec.text().tokenizer().kind() != TokenizerSpec.Kind.WORD) {
      throw new ConfigException(
          "data.text.tokenizer.kind",
          spec.text().tokenizer().kind().name().toLowerCase(Locale.ROOT),
          "word, as the tokens are given",
          "");
    }
    Map<Split, SentenceFile> files = new EnumMap<>(Split.class);
    Map<Split, Path> names = SplitFiles.of(spec, base, "a file of tokens and tags");
    for (Map.Entry<Split, Path> name : names.entrySet()) {
      files.put(name.getKey(), SentenceFile.read(name.getValue(), true));
    }
    List<String> problems = new ArrayList<>();
    files.values().forEach(file -> problems.addAll(file.problems()));
    List<String> notices = new ArrayList<>();
    spec.onBadSample().tell(problems, notices);
    return TaggedData.of(names, files, notices, spec.cache().memory(memoryBudget));
  }
}
