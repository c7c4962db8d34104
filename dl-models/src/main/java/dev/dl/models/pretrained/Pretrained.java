package dev.dl.models.pretrained;

import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.UnitLength;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Someone's weights onto a network of ours, and ours as others have them. */
public final class Pretrained {
  private final Map<String, Tensor> fresh;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<String> mayBeginFresh = new TreeSet<>();
  private final Allowed allowed;
  private final Map<String, Given> given;
  private final Naming naming;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final List<AdoptedWeight> account = new ArrayList<>();

  /**
   * What may differ between file and network.
   *
   * @param reinitialize weights that are not taken from the file
   * @param ignore what else the file may hold, by its names or ours
   */
  public record Allowed(List<NamePattern> reinitialize, List<NamePattern> ignore) {
    /** Nothing but what the family allows. */
    public static final Allowed NOTHING = new Allowed(List.of(), List.of());

    public Allowed {
      reinitialize = List.copyOf(reinitialize);
      ignore = List.copyOf(ignore);
    }
  }

  private Pretrained(
      Map<String, Tensor> file,
      Architecture architecture,
      Graph graph,
      Map<String, Tensor> fresh,
      Allowed allowed) {
    this.fresh = fresh;
    this.allowed = allowed;
    naming = Namings.of(architecture);
    graph.nodes().stream().filter(node -> !node.isInput()).forEach(this::addNames);
    findHeads(graph);
    Map<String, List<Long>> wanted = new LinkedHashMap<>();
    fresh.forEach((name, tensor) -> wanted.put(name, tensor.shape()));
    given = RenamedWeights.of(file, wanted, naming);
  }

  /**
   * The weights of a network that begins with those of a file. The network's last layer begins anew
   * where the file lacks it or has it in another shape.
   *
   * @param file tensors by the names of the file
   * @param architecture whose naming the file may have
   * @param graph of the network
   * @param fresh the network's weights as they are
   */
  public static Adoption adopt(
      Map<String, Tensor> file,
      Architecture architecture,
      Graph graph,
      Map<String, Tensor> fresh,
      Allowed allowed) {
    return new Pretrained(file, architecture, graph, fresh, allowed).adoption();
  }

  /** Weights as others lay them out; their names are ours. */
  public static Map<String, Tensor> published(
      Architecture architecture, Map<String, Tensor> weights) {
    Naming naming = Namings.of(architecture);
    Map<String, Tensor> published = new LinkedHashMap<>();
    weights.forEach(
        (name, tensor) ->
            published.put(name, naming.transposes(name) ? Matrices.transposed(tensor) : tensor));
    return published;
  }

  private void addNames(Node node) {
    Stream.concat(
            node.layer().parameters(node.inputShapes()).stream(),
            node.layer().buffers(node.inputShapes()).stream())
        .forEach(array -> nodes.put(array.publicName(node.name()), node));
  }

  /**
   * The last layer with parameters, unless what it gives is a vector of a text, and what the family
   * says.
   */
  private void findHeads(Graph graph) {
    List<Node> trained = graph.nodes().stream().filter(node -> node.parameterCount() > 0).toList();
    if (!trained.isEmpty() && !(graph.output().layer() instanceof UnitLength)) {
      mayBeginFresh.add(trained.get(trained.size() - 1).name());
    }
    mayBeginFresh.addAll(naming.heads());
  }

  private Adoption adoption() {
    Map<Node, List<String>> byNode =
        nodes.keySet().stream()
            .collect(Collectors.groupingBy(nodes::get, LinkedHashMap::new, Collectors.toList()));
    byNode.forEach(this::take);
    given.forEach(
        (name, found) -> {
          Fate fate = ignores(name, found.from()) ? Fate.IGNORED : Fate.UNEXPECTED;
          account.add(AdoptedWeight.of(name, found.tensor().shape(), fate, found));
        });
    return new Adoption(weights, account);
  }

  private boolean ignores(String name, String from) {
    return naming.ignores(name)
        || allowed.ignore.stream()
            .anyMatch(pattern -> pattern.matches(name) || pattern.matches(from));
  }

  /** The weights of one layer: a head takes all of its own or none. */
  private void take(Node node, List<String> names) {
    Map<String, Optional<Given>> fitted = new LinkedHashMap<>();
    for (String name : names) {
      Optional<Given> found = Optional.ofNullable(given.get(name));
      fitted.put(name, found.flatMap(one -> Fitting.fit(one, shape(name), node)));
    }
    boolean anew =
        mayBeginFresh.contains(node.name()) && fitted.values().stream().anyMatch(Optional::isEmpty);
    for (String name : names) {
      boolean asked = allowed.reinitialize.stream().anyMatch(pattern -> pattern.matches(name));
      take(
          name,
          given.remove(name),
          anew || asked ? Optional.empty() : fitted.get(name),
          anew || asked);
    }
  }

  private void take(String name, Given found, Optional<Given> fitted, boolean anew) {
    Fate otherwise = anew ? Fate.REINITIALIZED : found == null ? Fate.MISSING : Fate.WRONG_SHAPE;
    weights.put(name, fitted.map(Given::tensor).orElse(fresh.get(name)));
    account.add(
        AdoptedWeight.of(name, shape(name), fitted.map(Given::fate).orElse(otherwise), found));
  }

  private List<Long> shape(String name) {
    return fresh.get(name).shape();
  }
}
