package dev.dl.core.data;

import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.RowFiles;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.table.TablePreprocessing;
import dev.dl.core.data.target.TargetEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * From a row of a table to a network's input.
 *
 * @param features what is made of its columns
 * @param target what the network is to answer
 */
public record RowPreprocessing(TablePreprocessing features, TargetEncoding target)
    implements Preprocessing {

  public RowPreprocessing {
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(target, "target");
  }

  @Override
  public List<String> classNames() {
    return target.outputs();
  }

  @Override
  public void read(Path file, Consumer<Item> use) throws IOException {
    try (Rows rows = RowFiles.open(file)) {
      RowEncoder encoder = features.encoder(file, rows.columns());
      while (rows.hasNext()) {
        Row row = rows.next();
        use.accept(new Item(file + ":" + row.line(), encoder.encode(row)));
      }
    }
  }
}
