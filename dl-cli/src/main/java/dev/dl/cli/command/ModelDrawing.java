package dev.dl.cli.command;

import static dev.dl.cli.command.ModelRow.grouped;

import dev.dl.cli.terminal.Table;
import dev.dl.models.Model;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import java.util.List;
import java.util.Locale;

/** A model layer by layer. */
record ModelDrawing(ModelRow model, List<Layer> layers) {
  private static final double BYTES_PER_MEBIBYTE = 1 << 20;

  /**
   * A layer in its place.
   *
   * @param inputs the layers that it reads
   * @param output shape of one sample
   */
  record Layer(
      String name,
      String kind,
      List<String> inputs,
      String output,
      long parameters,
      long multiplyAdds) {

    static Layer of(Node node) {
      return new Layer(
          node.name(),
          node.isInput() ? "Input" : node.layer().getClass().getSimpleName(),
          node.inputs().stream().map(Node::name).toList(),
          node.shape().toString(),
          node.parameterCount(),
          node.multiplyAdds());
    }
  }

  static ModelDrawing of(Model model) {
    return of(ModelRow.of(model), model.graph());
  }

  /** A model that is fitted to data rather than to its own input. */
  static ModelDrawing of(String name, Graph graph) {
    return of(ModelRow.of(name, "", "", graph), graph);
  }

  private static ModelDrawing of(ModelRow model, Graph graph) {
    return new ModelDrawing(model, graph.nodes().stream().map(Layer::of).toList());
  }

  String text() {
    Table table = new Table("LAYER", "KIND", "OUTPUT", "PARAMETERS", "MULTIPLY-ADDS", "READS");
    String previous = "";
    for (Layer layer : layers) {
      boolean chained = layer.inputs.isEmpty() || layer.inputs.equals(List.of(previous));
      table.add(
          layer.name,
          layer.kind,
          layer.output,
          grouped(layer.parameters),
          grouped(layer.multiplyAdds),
          chained ? "" : String.join(", ", layer.inputs));
      previous = layer.name;
    }
    return table.text() + "\n" + totals() + "\n" + (model.paper() + "\n").stripLeading();
  }

  private String totals() {
    double mebibytes = model.parameters() * Float.BYTES / BYTES_PER_MEBIBYTE;
    return String.format(
        Locale.ROOT,
        "%s: %,d layers, %,d parameters (%.1f MiB), %,d multiply-adds for %s",
        model.name(),
        layers.size() - 1,
        model.parameters(),
        mebibytes,
        model.multiplyAdds(),
        model.input());
  }
}
