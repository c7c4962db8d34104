package dev.dl.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The folders of the Large Movie Review Dataset (Maas et al. 2011,
 * https://aclanthology.org/P11-1015): {@code train} and {@code test}, each with {@code neg} and
 * {@code pos}. What else is there, such as reviews without a class, is not looked at.
 *
 * @param memoryBudget bytes of encoded texts that may lie in memory
 */
record ReviewFolders(long memoryBudget) implements DatasetFiles {
  static final List<String> CLASS_NAMES = List.of("neg", "pos");

  @Override
  public boolean areIn(Path folder) {
    return Files.isDirectory(folder.resolve("train/pos"))
        && Files.isDirectory(folder.resolve("test/pos"));
  }

  @Override
  public SourceData open(Path folder, DataSpec spec, Path base) throws IOException {
    TextFolder train = TextFolder.of(folder.resolve("train"), CLASS_NAMES, spec);
    TextFolder test = TextFolder.of(folder.resolve("test"), CLASS_NAMES, spec);
    return new TextData(
        Map.of(Split.TRAIN, train, Split.TEST, test), List.of(), base, memoryBudget);
  }
}
