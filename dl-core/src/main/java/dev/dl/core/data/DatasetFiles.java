package dev.dl.core.data;

import java.io.IOException;
import java.nio.file.Path;

/** How a dataset of the catalogue lies in its folder. */
interface DatasetFiles {

  /** Whether the files are in this folder. */
  boolean areIn(Path folder);

  /**
   * Opens the splits that they hold.
   *
   * @param base what a relative path of the spec starts from
   */
  SourceData open(Path folder, DataSpec spec, Path base) throws IOException;
}
