package dev.dl.cli.command;

import dev.dl.models.KnownModels;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A configuration that a verb tries something on. */
final class SpecOptions {
  @Parameters(index = "0", paramLabel = "CONFIG", description = "The run's YAML file.")
  private Path config;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Settings that replace those of the file: training.epochs=20")
  private List<String> overrides = List.of();

  @Option(
      names = "--backend",
      paramLabel = "auto|cpu|cuda[:N,...]",
      description = "What to compute on; replaces the configuration's.")
  private String backend;

  @Mixin private PluginOptions plugins;

  KnownModels models() throws IOException {
    return plugins.models();
  }

  RunSpec spec(KnownModels models) throws IOException {
    List<String> all = new ArrayList<>(overrides);
    if (backend != null) {
      all.add("backend=" + backend);
    }
    return SpecFile.read(config, all, models);
  }

  /** The file as it was given. */
  Path config() {
    return config;
  }
}
