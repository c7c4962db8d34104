package dev.dl.training.spec;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.models.KnownModels;
import dev.dl.models.graph.Architecture;
import dev.dl.models.stack.Block;
import dev.dl.models.stack.Stack;
import java.util.List;

/**
 * The architecture to train, a name or layers, not both; and what its weights begin as.
 *
 * @param name a model of the catalogue
 * @param layers blocks one after the other; the outputs follow from the data
 * @param pretrained weights to begin with, rather than fresh ones
 */
public record ModelSpec(
    @Default("null") String name,
    @Default("null") List<Block> layers,
    @Default("null") PretrainedSpec pretrained) {

  public ModelSpec {
    layers = layers == null ? null : List.copyOf(layers);
    if ((name == null) == (layers == null)) {
      throw new ConfigException(
          "",
          name == null ? "neither name nor layers" : "both name and layers",
          "one of them",
          name == null ? "./dl models lists the names" : "set the other to null");
    }
  }

  /** A model of the catalogue. */
  public static ModelSpec named(String name) {
    return new ModelSpec(name, null, null);
  }

  /** The setting that decides it. */
  public String key() {
    return name == null ? "model.layers" : "model.name";
  }

  /** What messages call it. */
  public String title() {
    return name == null ? "own layers" : name;
  }

  /**
   * What defines the network.
   *
   * @throws ConfigException if there is no model of that name
   */
  public Architecture architecture(KnownModels known) {
    return name == null ? new Stack(layers) : known.require("model.name", name).architecture();
  }
}
