package dev.dl.core.data;

import java.io.IOException;
import java.nio.file.Path;

/** Somewhere that labelled images come from: one line of the {@link DatasetCatalog}. */
interface DataSource {

  DatasetInfo info();

  /**
   * Opens the splits that the source has.
   *
   * @param spec what the user asked for
   * @param base what a relative {@code data.path} starts from
   * @param downloads the folder that {@code ./dl data get} fills
   * @throws DataMissingException if there is nothing where the data should be
   * @throws DataException if there is, but not as it should be
   */
  SourceData open(DataSpec spec, Path base, Path downloads) throws IOException;
}
