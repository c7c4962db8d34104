package dev.dl.models;

import java.nio.file.Path;
import java.util.List;

/**
 * A jar of the user's.
 *
 * @param sha256 of the jar, in hexadecimal
 * @param models that it provides; none where it only serves another jar
 */
public record Plugin(Path jar, String sha256, List<Model> models) {

  public Plugin {
    models = List.copyOf(models);
  }

  /** Whether it provides a model of that name. */
  public boolean provides(String name) {
    return models.stream().anyMatch(model -> model.name().equals(name));
  }

  /** The name of the file. */
  public String fileName() {
    return jar.getFileName().toString();
  }
}
