package dev.dl.core.data;

import dev.dl.core.data.rows.RowFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One file of rows, all of them for training; the column that is to be told is called {@code label}
 * there.
 *
 * @param memoryBudget bytes of encoded rows that may lie in memory
 */
record TableFile(String name, long memoryBudget) implements DatasetFiles {

  @Override
  public boolean areIn(Path folder) {
    return Files.isRegularFile(folder.resolve(name));
  }

  @Override
  public SourceData open(Path folder, DataSpec spec, Path base) {
    return new TableData(
        Map.of(Split.TRAIN, () -> RowFiles.open(folder.resolve(name))), memoryBudget);
  }
}
