package dev.dl.cli.command;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigProblem;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.DatasetCatalog;
import dev.dl.models.KnownModels;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The spec in a configuration file, checked against the catalogues. */
final class SpecFile {

  private SpecFile() {}

  /**
   * Reads a spec; touches no data.
   *
   * @param overrides {@code key=value}, replacing settings of the file
   * @param models that it may name
   * @throws ConfigException with every problem found
   */
  static RunSpec read(Path config, List<String> overrides, KnownModels models) throws IOException {
    RunSpec spec = ConfigReader.read(config, overrides, RunSpec.class);
    List<ConfigProblem> problems = new ArrayList<>();
    try {
      spec.model().architecture(models);
    } catch (ConfigException unknown) {
      problems.addAll(unknown.problems());
    }
    try {
      DatasetCatalog.standard().info(spec.data().source());
    } catch (ConfigException unknown) {
      problems.addAll(unknown.problems());
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return spec;
  }
}
