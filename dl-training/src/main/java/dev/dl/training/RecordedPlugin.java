package dev.dl.training;

import dev.dl.core.config.ConfigException;
import dev.dl.core.run.Provenance;
import dev.dl.core.run.RunFiles;
import dev.dl.models.KnownModels;
import dev.dl.models.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin that the model of a run is from, as the run recorded it. */
public final class RecordedPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(RecordedPlugin.class);

  private RecordedPlugin() {}

  /** What a run with that model records; nothing for one of the catalogue. */
  static Optional<Provenance.Plugin> of(KnownModels models, String name) {
    return Optional.ofNullable(name)
        .flatMap(models::plugin)
        .map(plugin -> new Provenance.Plugin(plugin.fileName(), plugin.sha256(), name));
  }

  /**
   * Refuses to go on with a run without its plugin, or with another one.
   *
   * @throws ConfigException if the plugin is not there, or has changed
   */
  public static void requireSame(RunFiles run, KnownModels models) throws IOException {
    Optional<Provenance.Plugin> recorded = recorded(run);
    if (recorded.isPresent() && !same(present(recorded.get(), models), recorded.get())) {
      throw new ConfigException(
          "--plugins",
          recorded.get().file() + " that has changed since the run began",
          "the one with the SHA-256 " + recorded.get().sha256(),
          "put it back, or train in a new run directory");
    }
  }

  /** Refuses to open a run without its plugin; tells if it is another one. */
  static void requirePresent(RunFiles run, KnownModels models) throws IOException {
    Optional<Provenance.Plugin> recorded = recorded(run);
    if (recorded.isPresent() && !same(present(recorded.get(), models), recorded.get())) {
      LOG.warn(
          "{} has changed since the run began; its results may be others", recorded.get().file());
    }
  }

  private static Optional<Provenance.Plugin> recorded(RunFiles run) throws IOException {
    return Files.exists(run.provenance())
        ? Optional.ofNullable(run.readProvenance().plugin())
        : Optional.empty();
  }

  private static Plugin present(Provenance.Plugin recorded, KnownModels models) {
    return models
        .plugin(recorded.model())
        .orElseThrow(
            () ->
                new ConfigException(
                    "--plugins",
                    "no plugin with the model " + recorded.model(),
                    recorded.file() + ", which the run began with",
                    "add --plugins and the path of that jar"));
  }

  private static boolean same(Plugin plugin, Provenance.Plugin recorded) {
    return plugin.sha256().equals(recorded.sha256());
  }
}
