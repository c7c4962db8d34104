package dev.dl.cli.command;

import dev.dl.models.KnownModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The user's own models. */
final class PluginOptions {
  @Option(
      names = "--plugins",
      paramLabel = "PATH",
      description = "A jar, or a folder of jars, with models of your own; may be given again.")
  private List<Path> plugins = List.of();

  /** As given. */
  List<Path> paths() {
    return plugins;
  }

  /** The models of the catalogue and of the plugins. */
  KnownModels models() throws IOException {
    return KnownModels.withPlugins(plugins);
  }
}
