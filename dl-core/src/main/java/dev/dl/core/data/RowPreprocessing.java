package dev.dl.core.data;

import dev.dl.core.data.table.TablePreprocessing;
import dev.dl.core.data.target.TargetEncoding;
import java.util.List;

/**
 * From a row of a table to a network's input.
 *
 * @param features what is made of its columns
 * @param target what the network is to answer
 */
public record RowPreprocessing(TablePreprocessing features, TargetEncoding target)
    implements Preprocessing {

  @Override
  public List<String> classNames() {
    return target.names();
  }
}
