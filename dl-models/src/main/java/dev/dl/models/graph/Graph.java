package dev.dl.models.graph;

import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.Layer;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.TypedTokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A whole network as data.
 *
 * @param nodes every node, each after those that feed it; the first is the input, the last gives
 *     the logits
 */
public record Graph(List<Node> nodes) {

  public Graph {
    nodes = List.copyOf(nodes);
    Set<String> names = new HashSet<>();
    for (Node node : nodes) {
      if (!names.add(node.name())) {
        throw new IllegalArgumentException("two layers are named " + node.name());
      }
    }
  }

  /** The graph of all that {@code output} depends on. */
  public static Graph of(Node output) {
    List<Node> sorted = new ArrayList<>();
    collect(output, new HashSet<>(), sorted);
    return new Graph(sorted);
  }

  private static void collect(Node node, Set<Node> seen, List<Node> sorted) {
    if (seen.add(node)) {
      node.inputs().forEach(input -> collect(input, seen, sorted));
      sorted.add(node);
    }
  }

  /**
   * All that follows a node, which becomes the input: nothing but this node may lead from those
   * before it to those after it.
   */
  public Graph after(Node node) {
    Node input = Node.input(node.shape());
    Map<Node, Node> moved = new HashMap<>(Map.of(node, input));
    List<Node> rest = new ArrayList<>(List.of(input));
    for (Node later : nodes.subList(nodes.indexOf(node) + 1, nodes.size())) {
      List<Node> inputs = later.inputs().stream().map(moved::get).toList();
      Node copy = new Node(later.name(), later.layer(), inputs, later.shape());
      moved.put(later, copy);
      rest.add(copy);
    }
    return new Graph(rest);
  }

  /** The last layer that has parameters, which gives the outputs. */
  public Node lastLayer() {
    return nodes.stream()
        .filter(node -> !node.parameters().isEmpty())
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  public Node input() {
    return nodes.get(0);
  }

  public Node output() {
    return nodes.get(nodes.size() - 1);
  }

  /**
   * Whether this reads token ids, so that the texts of a batch may all be shorter than the shape of
   * the input says.
   */
  public boolean readsTexts() {
    List<Node> readers = readers(input());
    return !readers.isEmpty()
        && readers.stream()
            .map(Node::layer)
            .allMatch(
                layer ->
                    layer instanceof Embedding
                        || layer instanceof PaddingMask
                        || layer instanceof TypedTokens);
  }

  /** Whether texts may be read part by part, as {@link Layer#readsInParts} says. */
  public boolean readsInParts() {
    return readsTexts()
        && nodes.stream()
            .filter(node -> !node.isInput())
            .map(Node::layer)
            .allMatch(Layer::readsInParts);
  }

  /** The layers that read a node, one that reads it twice two times. */
  public List<Node> readers(Node node) {
    return nodes.stream()
        .flatMap(reader -> reader.inputs().stream().filter(node::equals).map(input -> reader))
        .toList();
  }

  /** Multiplications with addition that a forward pass of one sample takes in matrix products. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(Node::multiplyAdds).sum();
  }

  /** Number of trained values. */
  public long parameterCount() {
    return nodes.stream().mapToLong(Node::parameterCount).sum();
  }
}
