package dev.dl.core.data;

import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.RowFiles;
import dev.dl.core.data.rows.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The files of AG's News (Zhang et al. 2015, https://arxiv.org/abs/1509.01626): CSV without a line
 * of names, of class from 1 to 4, title and description. The rows that are read of it have a {@code
 * text}, title and description, and a {@code label}.
 *
 * @param memoryBudget bytes of encoded texts that may lie in memory
 */
record NewsFiles(long memoryBudget) implements DatasetFiles {
  static final List<String> CLASS_NAMES = List.of("World", "Sports", "Business", "Sci/Tech");

  private static final List<String> STORED = List.of("class", "title", "description");

  @Override
  public boolean areIn(Path folder) {
    return Files.isRegularFile(folder.resolve("train.csv"))
        && Files.isRegularFile(folder.resolve("test.csv"));
  }

  @Override
  public SourceData open(Path folder, DataSpec spec, Path base) {
    return new TextData(
        Map.of(
            Split.TRAIN,
            () -> new Articles(RowFiles.open(folder.resolve("train.csv"), STORED)),
            Split.TEST,
            () -> new Articles(RowFiles.open(folder.resolve("test.csv"), STORED))),
        List.of(),
        base,
        memoryBudget);
  }

  /** Texts and labels of stored rows. */
  private record Articles(Rows stored) implements Rows {
    @Override
    public Path file() {
      return stored.file();
    }

    @Override
    public List<String> columns() {
      return List.of("text", "label");
    }

    @Override
    public boolean hasNext() {
      return stored.hasNext();
    }

    @Override
    public Row next() {
      Row row = stored.next();
      String number = row.cells().get(0);
      if (!number.matches("[1-4]")) {
        throw new DataException(
            stored.file() + ":" + row.line() + ":1", "class " + number, "a class from 1 to 4");
      }
      String label = CLASS_NAMES.get(Integer.parseInt(number) - 1);
      return new Row(row.line(), List.of(row.cells().get(1) + " " + row.cells().get(2), label));
    }

    @Override
    public void close() throws IOException {
      stored.close();
    }
  }
}
