package dev.dl.models.layer;

import dev.dl.core.kernel.Kernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A few layers on benches, one after the other; gradients of shared inputs are added. */
final class GraphBench {
  private final List<Node> nodes;
  private final Map<Node, Bench> benches = new LinkedHashMap<>();
  private final Map<Node, Operation> operations = new HashMap<>();
  private final Map<Node, INDArray> outputs = new HashMap<>();

  GraphBench(Kernels kernels, Node output) {
    nodes = Graph.of(output).nodes();
    for (Node node : nodes) {
      if (!node.isInput()) {
        Bench bench = new Bench(kernels, node.layer(), node.inputShapes().toArray(Shape[]::new));
        benches.put(node, bench);
        operations.put(node, node.layer().operation(bench));
      }
    }
  }

  /** The bench of each node by the public name of each of its parameters. */
  Map<String, Bench> parameters() {
    Map<String, Bench> parameters = new LinkedHashMap<>();
    benches.forEach(
        (node, bench) ->
            node.layer()
                .parameters(node.inputShapes())
                .forEach(parameter -> parameters.put(node.name() + "." + parameter.name(), bench)));
    return parameters;
  }

  /**
   * @param inputs the values of the graph's inputs
   */
  INDArray forward(Map<Node, INDArray> inputs, boolean training) {
    outputs.putAll(inputs);
    for (Node node : nodes) {
      if (!node.isInput()) {
        INDArray[] fed = node.inputs().stream().map(outputs::get).toArray(INDArray[]::new);
        outputs.put(node, operations.get(node).forward(fed, training, benches.get(node)));
      }
    }
    return outputs.get(nodes.get(nodes.size() - 1));
  }

  /** The gradient of an input. */
  INDArray backward(INDArray outputGradient, Node input) {
    Map<Node, INDArray> gradients = new HashMap<>();
    gradients.put(nodes.get(nodes.size() - 1), outputGradient);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (!node.isInput()) {
        INDArray[] parts = operations.get(node).backward(gradients.get(node), benches.get(node));
        for (int k = 0; k < parts.length; k++) {
          if (parts[k] != null) {
            gradients.merge(node.inputs().get(k), parts[k], INDArray::add);
          }
        }
      }
    }
    return gradients.get(input);
  }
}
