package dev.dl.core.data;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Looks through data before anything is trained on it. */
public final class DataCheck {
  private DataCheck() {}

  /**
   * Reads all the data that a spec asks for, and says what is wrong with it. What would keep it
   * from being trained on is a finding, and not an exception.
   *
   * @throws dev.dl.core.config.ConfigException if the spec does not fit the data
   * @throws DataMissingException if the data is not there
   * @throws IOException if it cannot be read
   */
  public static Audit of(DataSpec spec, Path base) throws IOException {
    return of(spec, base, DatasetCatalog.standard());
  }

  static Audit of(DataSpec spec, Path base, DatasetCatalog catalog) throws IOException {
    try {
      return catalog.source(spec.source()).open(spec, base, catalog.downloads()).audit(spec);
    } catch (DataException e) {
      return Audit.unreadable(e.problems());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
