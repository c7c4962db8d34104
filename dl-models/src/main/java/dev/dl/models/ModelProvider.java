package dev.dl.models;

import java.util.List;

/**
 * What a plugin is: models beside those of the catalogue. A public class with a public constructor
 * without parameters, which the plugin's jar names in {@code
 * META-INF/services/dev.dl.models.ModelProvider}.
 */
public interface ModelProvider {

  /** The models, by names that no other has. */
  List<Model> models();
}
