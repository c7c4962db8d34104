package dev.dl.models.adaptation;

import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Dropout;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The layers of a graph that come before everything that is trained. */
public final class FrozenPart {
  private FrozenPart() {}

  /**
   * Its last node, through which alone the rest of the graph reads the input. Dropout between it
   * and the first trained layer is part of the rest.
   *
   * @param frozen whether the parameter of this public name is never trained
   * @return empty if no layer with parameters is frozen that the whole rest comes after
   */
  public static Optional<Node> last(Graph graph, Predicate<String> frozen) {
    List<Node> nodes = graph.nodes();
    int last = 0;
    int furthestReader = 0;
    for (int i = 0; i < nodes.size() && trained(nodes.get(i), frozen).isEmpty(); i++) {
      if (furthestReader <= i) {
        last = i;
      }
      for (Node reader : graph.readers(nodes.get(i))) {
        furthestReader = Math.max(furthestReader, nodes.indexOf(reader));
      }
    }
    Node node = nodes.get(last);
    while (node.layer() instanceof Dropout) {
      node = node.inputs().get(0);
    }
    return Graph.of(node).parameterCount() > 0 ? Optional.of(node) : Optional.empty();
  }

  private static List<String> trained(Node node, Predicate<String> frozen) {
    return node.parameters().stream()
        .map(parameter -> parameter.publicName(node.name()))
        .filter(frozen.negate())
        .toList();
  }
}
