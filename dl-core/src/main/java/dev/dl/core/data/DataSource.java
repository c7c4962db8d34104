package dev.dl.core.data;

import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Somewhere that data comes from: one line of the {@link DatasetCatalog}. */
interface DataSource {

  DatasetInfo info();

  /** Where the data is if it is no part of dl, but on this machine in a place known beforehand. */
  default Optional<Path> place(Path downloads) {
    return Optional.empty();
  }

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
