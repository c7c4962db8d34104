package dev.dl.training;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.ImageShape;
import dev.dl.core.kernel.Kernels;
import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.network.Network;
import dev.dl.training.spec.RunSpec;
import java.util.stream.Collectors;

/** The network that a spec asks for, fitted to its data. */
final class Models {
  private Models() {}

  static Network network(RunSpec spec, ImageShape image, int classes, Kernels kernels) {
    String name = spec.model().name();
    Model model =
        ModelCatalog.find(name)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "model.name",
                        "'" + name + "'",
                        ModelCatalog.models().stream()
                            .map(Model::name)
                            .collect(Collectors.joining(", ")),
                        ""));
    return Network.create(
        define(model, image, classes),
        Head.classes(classes).loss(spec.training().labelSmoothing()),
        kernels,
        spec.seed());
  }

  private static Graph define(Model model, ImageShape image, int classes) {
    try {
      return model.architecture().define(new ImageInput(image), Head.classes(classes));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "model.name",
          model.name()
              + " on "
              + image
              + " images with "
              + classes
              + " classes ("
              + e.getMessage()
              + ")",
          "a model that takes them",
          "set data.imageSize, or choose another model");
    }
  }
}
