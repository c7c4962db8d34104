package dev.dl.models.stack;

import dev.dl.core.config.ConfigReader;
import java.util.List;

/** Stacks as configurations spell them out. */
final class Stacks {
  private Stacks() {}

  private record Model(List<Block> layers) {}

  private record Configuration(Model model) {}

  /** The stack of the layers in a YAML list. */
  static Stack of(String layers) {
    String yaml = "model:\n  layers: " + (layers.contains("\n") ? "\n" + layers.indent(4) : layers);
    return new Stack(
        ConfigReader.parse(yaml, "test", List.of(), Configuration.class).model().layers());
  }
}
