package dev.dl.models.adaptation;

import dev.dl.core.kernel.Activation;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Layer;
import dev.dl.models.layer.LowRankAdapted;
import dev.dl.models.layer.Parameter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adapters of low rank beside the dense layers of a graph (LoRA, Hu et al. 2021,
 * https://arxiv.org/abs/2106.09685). They and the last layer of the graph are what is trained.
 *
 * @param targets patterns of the weights that are adapted; empty for those of all dense layers but
 *     the last
 * @param rank of each adapter
 * @param alpha over the rank, what adapters are multiplied by
 * @param dropout rate before them
 */
public record LowRankAdaptation(List<String> targets, int rank, double alpha, double dropout) {

  public LowRankAdaptation {
    targets = List.copyOf(targets);
  }

  /**
   * The graph with its adapters, which gives what it gave until they are trained.
   *
   * @param setting that the targets are from
   * @throws dev.dl.core.config.ConfigException if a pattern matches no weight that can be adapted
   */
  public Graph adapt(Graph graph, String setting) {
    Set<String> adaptable = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      adaptable(node).forEach(weight -> adaptable.add(node.name() + "." + weight));
    }
    NamePattern.requireMatches(setting, targets, adaptable);
    Map<Node, Node> adapted = new HashMap<>();
    for (Node node : graph.nodes()) {
      boolean last = node == graph.lastLayer();
      List<String> weights =
          last && targets.isEmpty()
              ? List.of()
              : adaptable(node).stream().filter(weight -> targets(node, weight)).toList();
      Node[] inputs = node.inputs().stream().map(adapted::get).toArray(Node[]::new);
      adapted.put(node, node.isInput() ? node : adapted(node, weights, inputs));
    }
    return Graph.of(adapted.get(graph.output()));
  }

  private static List<String> adaptable(Node node) {
    return node.isInput() ? List.of() : LowRankAdapted.adaptable(node.layer(), node.inputShapes());
  }

  private boolean targets(Node node, String weight) {
    return targets.isEmpty() || NamePattern.anyMatches(targets, node.name() + "." + weight);
  }

  private Node adapted(Node node, List<String> weights, Node... inputs) {
    if (weights.isEmpty()) {
      return Node.join(node.name(), node.layer(), inputs);
    }
    if (node.layer() instanceof Dense dense && dense.activation() != Activation.NONE) {
      Dense linear = new Dense(dense.outputs(), dense.bias(), Activation.NONE, dense.start());
      return Node.join(node.name(), adapted(linear, weights), inputs)
          .then(node.name() + ".activation", new Activate(dense.activation()));
    }
    return Node.join(node.name(), adapted(node.layer(), weights), inputs);
  }

  private LowRankAdapted adapted(Layer layer, List<String> weights) {
    return new LowRankAdapted(layer, weights, rank, alpha, dropout);
  }

  /** The names of what is trained of an adapted graph: adapters, and the last layer. */
  public static Set<String> trained(Graph adapted) {
    Set<String> names = new LinkedHashSet<>();
    for (Node node : adapted.nodes()) {
      if (node.layer() instanceof LowRankAdapted layer) {
        for (String weight : layer.weights()) {
          names.add(node.name() + "." + LowRankAdapted.nameOfA(weight));
          names.add(node.name() + "." + LowRankAdapted.nameOfB(weight));
        }
      }
    }
    Node last = adapted.lastLayer();
    for (Parameter parameter : last.parameters()) {
      names.add(parameter.publicName(last.name()));
    }
    return names;
  }

  /** The weights of the graph that was adapted, with the adapters added to them. */
  public static Map<String, Tensor> merged(Graph adapted, Map<String, Tensor> weights) {
    Map<String, Tensor> merged = new LinkedHashMap<>(weights);
    for (Node node : adapted.nodes()) {
      if (node.layer() instanceof LowRankAdapted layer) {
        for (String weight : layer.weights()) {
          String place = node.name() + ".";
          Tensor a = merged.remove(place + LowRankAdapted.nameOfA(weight));
          Tensor b = merged.remove(place + LowRankAdapted.nameOfB(weight));
          merged.compute(place + weight, (name, base) -> sum(base, a, b, layer.scale()));
        }
      }
    }
    return merged;
  }

  /** {@code base [outputs, inputs] + scale · b [outputs, rank] · a [rank, inputs]}. */
  private static Tensor sum(Tensor base, Tensor a, Tensor b, double scale) {
    int rank = Math.toIntExact(a.shape().get(0));
    int inputs = Math.toIntExact(a.shape().get(1));
    float[] sums = base.values().clone();
    for (int i = 0; i < sums.length; i++) {
      double product = 0;
      for (int k = 0; k < rank; k++) {
        product += (double) b.values()[i / inputs * rank + k] * a.values()[k * inputs + i % inputs];
      }
      sums[i] = (float) (sums[i] + scale * product);
    }
    return new Tensor(base.shape(), sums);
  }
}
