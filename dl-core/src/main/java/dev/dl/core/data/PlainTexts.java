package dev.dl.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * One file of plain text for each split.
 *
 * @param names of the files
 * @param memoryBudget bytes of tokens that may lie in memory
 */
record PlainTexts(Map<Split, String> names, long memoryBudget) implements DatasetFiles {

  @Override
  public boolean areIn(Path folder) {
    return names.values().stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
  }

  @Override
  public SourceData open(Path folder, DataSpec spec, Path base) {
    Map<Split, Path> places = new EnumMap<>(Split.class);
    names.forEach((split, name) -> places.put(split, folder.resolve(name)));
    return new LanguageData(places, base, memoryBudget);
  }
}
