package dev.dl.models;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Nearest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The models that a configuration and the command line can name: the catalogue's and plugins'. */
public record KnownModels(List<Plugin> plugins) {

  /** Two models of one name are refused. */
  public KnownModels {
    plugins = List.copyOf(plugins);
    Set<String> names = new HashSet<>();
    ModelCatalog.models().forEach(model -> names.add(model.name()));
    for (Plugin plugin : plugins) {
      for (Model model : plugin.models()) {
        if (!names.add(model.name())) {
          throw new ConfigException(
              "--plugins",
              "a second model " + model.name() + " in " + plugin.fileName(),
              "names that no other model has",
              "rename it");
        }
      }
    }
  }

  /** Those of the catalogue. */
  public static KnownModels shipped() {
    return new KnownModels(List.of());
  }

  /**
   * Those of the catalogue, then those of plugins.
   *
   * @param paths jars, and folders of jars
   * @throws ConfigException if one is no plugin, or does not work
   */
  public static KnownModels withPlugins(List<Path> paths) throws IOException {
    return paths.isEmpty() ? shipped() : new KnownModels(PluginLoader.load(paths));
  }

  /** All of them. */
  public List<Model> models() {
    return Stream.concat(
            ModelCatalog.models().stream(),
            plugins.stream().flatMap(plugin -> plugin.models().stream()))
        .toList();
  }

  /** The plugin that a model is from, if it is from one. */
  public Optional<Plugin> plugin(String name) {
    return plugins.stream().filter(plugin -> plugin.provides(name)).findFirst();
  }

  /**
   * The model of that name.
   *
   * @param where the name was given: {@code model.name}
   * @throws ConfigException if there is none; tells the names that are near
   */
  public Model require(String where, String name) {
    return models().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(where, name));
  }

  private ConfigException unknown(String where, String name) {
    List<String> near = Nearest.several(name, models().stream().map(Model::name).toList());
    return new ConfigException(
        where,
        name,
        "a name that ./dl models lists",
        near.isEmpty() ? "" : "did you mean " + String.join(", ", near) + "?");
  }
}
