package dev.dl.models;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Nearest;
import java.util.List;

/** The models that a configuration and the command line can name. */
public record KnownModels(List<Model> models) {

  public KnownModels {
    models = List.copyOf(models);
  }

  /** Those of the catalogue. */
  public static KnownModels shipped() {
    return new KnownModels(ModelCatalog.models());
  }

  /**
   * The model of that name.
   *
   * @param where the name was given: {@code model.name}
   * @throws ConfigException if there is none; tells the names that are near
   */
  public Model require(String where, String name) {
    return models.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(where, name));
  }

  private ConfigException unknown(String where, String name) {
    List<String> near = Nearest.several(name, models.stream().map(Model::name).toList());
    return new ConfigException(
        where,
        name,
        "a name that ./dl models lists",
        near.isEmpty() ? "" : "did you mean " + String.join(", ", near) + "?");
  }
}
