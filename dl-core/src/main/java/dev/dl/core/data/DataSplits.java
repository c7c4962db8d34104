package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
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
 * @param datasets by split, in the order of {@link Split}; there is always a training split
 * @param classNames by class index
 * @param normalization fitted on the training split only
 * @param fingerprint SHA-256 over class names, labels and pixels of every split, in hexadecimal
 * @param notices what the user should know about the data, one line each
 */
public record DataSplits(
    Map<Split, Dataset> datasets,
    List<String> classNames,
    Normalization normalization,
    String fingerprint,
    List<String> notices) {

  public DataSplits {
    datasets = Collections.unmodifiableMap(new EnumMap<>(datasets));
    classNames = List.copyOf(classNames);
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
    return open(spec, base, DatasetCatalog.standard());
  }

  static DataSplits open(DataSpec spec, Path base, DatasetCatalog catalog) throws IOException {
    SourceData source = catalog.source(spec.source()).open(spec, base, catalog.downloads());
    Map<Split, Dataset> datasets = withValidation(source, spec);
    if (spec.imageSize() != null) {
      datasets.replaceAll((split, dataset) -> MemoryDataset.resized(dataset, spec.imageSize()));
    }
    Dataset train = datasets.get(Split.TRAIN);
    checkShapes(spec, datasets);
    return new DataSplits(
        datasets,
        source.classNames(),
        spec.normalize() ? Normalization.fit(train) : Normalization.none(train.shape().channels()),
        Fingerprint.of(datasets, source.classNames()),
        source.notices());
  }

  /** The training split. */
  public Dataset train() {
    return datasets.get(Split.TRAIN);
  }

  /** A split, if the data has it. */
  public Optional<Dataset> find(Split split) {
    return Optional.ofNullable(datasets.get(split));
  }

  /** What turns other pictures into such data. */
  public Preprocessing preprocessing() {
    return new Preprocessing(shape(), normalization, classNames);
  }

  /** The shape of every image. */
  public ImageShape shape() {
    return train().shape();
  }

  private static Map<Split, Dataset> withValidation(SourceData source, DataSpec spec) {
    Map<Split, Dataset> datasets = new EnumMap<>(source.splits());
    if (datasets.containsKey(Split.VALIDATION) || spec.validationFraction() == 0) {
      return datasets;
    }
    HoldOut holdOut =
        HoldOut.of(
            datasets.get(Split.TRAIN),
            source.classNames().size(),
            spec.validationFraction(),
            spec.splitSeed());
    if (holdOut.held().size() == 0) {
      throw new ConfigException(
          "data.validationFraction",
          String.valueOf(spec.validationFraction()),
          "a share that holds out at least one of " + holdOut.rest().size() + " training samples",
          "use more data, a larger share, or 0 for no validation");
    }
    datasets.put(Split.TRAIN, holdOut.rest());
    datasets.put(Split.VALIDATION, holdOut.held());
    return datasets;
  }

  private static void checkShapes(DataSpec spec, Map<Split, Dataset> datasets) {
    ImageShape shape = datasets.get(Split.TRAIN).shape();
    datasets.forEach(
        (split, dataset) -> {
          if (!dataset.shape().equals(shape)) {
            throw new DataException(
                "data.source " + spec.source(),
                dataset.shape() + " images in the " + split.label() + " split",
                shape + " as in the train split");
          }
        });
  }
}
