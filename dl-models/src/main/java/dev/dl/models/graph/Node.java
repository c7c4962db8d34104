package dev.dl.models.graph;

import dev.dl.models.layer.Layer;
import dev.dl.models.layer.Parameter;
import dev.dl.models.layer.Shape;
import java.util.List;

/**
 * One layer in its place, with what feeds it. A network is written by chaining nodes from its input
 * to its output.
 *
 * @param name unique within a graph; the prefix of the names of its weights: {@code layer1.0.conv1}
 * @param layer {@code null} for the input of the network
 * @param inputs the nodes whose outputs it reads
 * @param shape of one output sample
 */
public record Node(String name, Layer layer, List<Node> inputs, Shape shape) {

  public Node {
    inputs = List.copyOf(inputs);
  }

  /** Where samples enter the network. */
  public static Node input(Shape shape) {
    return new Node("input", null, List.of(), shape);
  }

  /** The output of a layer that reads this node. */
  public Node then(String layerName, Layer next) {
    return join(layerName, next, this);
  }

  /** The output of a layer that reads several nodes. */
  public static Node join(String name, Layer layer, Node... inputs) {
    List<Node> nodes = List.of(inputs);
    try {
      return new Node(
          name, layer, nodes, layer.outputShape(nodes.stream().map(Node::shape).toList()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("layer " + name + ": " + e.getMessage(), e);
    }
  }

  /** The shapes of one sample of each input. */
  public List<Shape> inputShapes() {
    return inputs.stream().map(Node::shape).toList();
  }

  /** The trained arrays of the layer. */
  public List<Parameter> parameters() {
    return isInput() ? List.of() : layer.parameters(inputShapes());
  }

  /** Number of trained values of the layer. */
  public long parameterCount() {
    return parameters().stream().mapToLong(Parameter::length).sum();
  }

  /** Multiplications with addition that the layer takes for one sample in matrix products. */
  public long multiplyAdds() {
    return isInput() ? 0 : layer.multiplyAdds(inputShapes());
  }

  public boolean isInput() {
    return layer == null;
  }

  /**
   * A node is its place: what feeds it is shared by many, so comparing contents would take forever.
   */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
