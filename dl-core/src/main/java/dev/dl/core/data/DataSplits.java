package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data of a run, ready for training.
 *
 * @param samples by split, in the order of {@link Split}; there is always a training split
 * @param preprocessing fitted on the training split only
 * @param fingerprint SHA-256 over class names, targets and samples of every split, in hexadecimal
 * @param notices what the user should know about the data, one line each
 */
public record DataSplits(
    Map<Split, Samples> samples,
    Preprocessing preprocessing,
    String fingerprint,
    List<String> notices) {

  public DataSplits {
    samples = Collections.unmodifiableMap(new EnumMap<>(samples));
    notices = List.copyOf(notices);
  }

  /**
   * Opens the data that a spec asks for; a relative {@code data.path} starts from {@code base}.
   *
   * @throws ConfigException if the spec does not fit the data
   * @throws DataMissingException if the data is not there
   * @throws DataException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static DataSplits open(DataSpec spec, Path base) throws IOException {
    return open(spec, base, DatasetCatalog.standard(), Optional.empty());
  }

  /** Opens data for a run that has fitted its preprocessing already. */
  public static DataSplits open(DataSpec spec, Path base, Preprocessing fitted) throws IOException {
    return open(spec, base, DatasetCatalog.standard(), Optional.of(fitted));
  }

  static DataSplits open(DataSpec spec, Path base, DatasetCatalog catalog) throws IOException {
    return open(spec, base, catalog, Optional.empty());
  }

  private static DataSplits open(
      DataSpec spec, Path base, DatasetCatalog catalog, Optional<Preprocessing> fitted)
      throws IOException {
    DataSource source = catalog.source(spec.source());
    // Nobody mends a public dataset: what is measured on it is compared with what others measured.
    boolean yours = source.info().origin().kind() == DatasetOrigin.Kind.YOURS;
    return source
        .open(spec, base, catalog.downloads())
        .prepare(yours ? spec : spec.withLeakageAllowed(), fitted);
  }

  /** The training split. */
  public Samples train() {
    return samples.get(Split.TRAIN);
  }

  /** A split, if the data has it. */
  public Optional<Samples> find(Split split) {
    return Optional.ofNullable(samples.get(split));
  }

  /** Names by class index. */
  public List<String> classNames() {
    return preprocessing.classNames();
  }
}
