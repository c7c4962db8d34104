package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.rows.RowFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The files that {@code data.train}, {@code data.validation} and {@code data.test} name. */
final class SplitFiles {
  private SplitFiles() {}

  /**
   * What the spec gives for each split; there is always something for training.
   *
   * @param what it should be, for messages: {@code a CSV file}
   */
  static Map<Split, String> names(DataSpec spec, String what) {
    if (spec.train() == null) {
      throw new ConfigException("data.train", "nothing", what, "add data.train=FILE");
    }
    Map<Split, String> names = new EnumMap<>(Split.class);
    names.put(Split.TRAIN, spec.train());
    if (spec.validation() != null) {
      names.put(Split.VALIDATION, spec.validation());
    }
    if (spec.test() != null) {
      names.put(Split.TEST, spec.test());
    }
    return names;
  }

  /**
   * The file or folder of each split; there is always one for training.
   *
   * @param what it should be, for messages: {@code a CSV file}
   */
  static Map<Split, Path> of(DataSpec spec, Path base, String what) {
    Map<Split, Path> files = new EnumMap<>(Split.class);
    names(spec, what).forEach((split, name) -> files.put(split, existing(split, name, base)));
    return files;
  }

  /**
   * The rows of the file of each split.
   *
   * @throws ConfigException if bad ones are to be left out: what a cell means follows from all rows
   */
  static Map<Split, RowSource> rows(DataSpec spec, Path base) {
    if (spec.onBadSample() == OnBadSample.SKIP) {
      throw new ConfigException(
          "data.onBadSample", "skip", "fail for rows", "mend or remove the rows that are named");
    }
    Map<Split, RowSource> rows = new EnumMap<>(Split.class);
    of(spec, base, "a CSV, TSV, JSON-lines or Parquet file")
        .forEach((split, file) -> rows.put(split, () -> RowFiles.open(file)));
    return rows;
  }

  /** A file or folder that is there. */
  static Path existing(Split split, String name, Path base) {
    Path file = base.resolve(name).normalize();
    if (!Files.exists(file)) {
      throw new DataMissingException(
          "data." + split.label() + ": " + file + ": no such file or folder");
    }
    return file;
  }
}
