package dev.dl.training.benchmark;

import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.network.StepProfile;
import dev.dl.training.benchmark.BenchmarkResult.LayerTime;
import dev.dl.training.benchmark.BenchmarkResult.OperationTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The times of the operations of several steps, added up. */
final class ProfiledSteps implements StepProfile {
  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

  private final Map<Operation, Long> operations = new LinkedHashMap<>();
  private int steps;
  private long total;

  private record Operation(Part part, String node, String layer) {}

  @Override
  public void took(Part part, String node, String layer, long nanoseconds) {
    operations.merge(new Operation(part, node, layer), nanoseconds, Long::sum);
  }

  /** A whole step has ended. */
  void step(long nanoseconds) {
    steps++;
    total += nanoseconds;
  }

  /** Mean milliseconds of a step by part; what was not timed is the optimizer's and the loop's. */
  Map<String, Double> milliseconds() {
    Map<Part, Long> parts = new EnumMap<>(Part.class);
    operations.forEach((operation, time) -> parts.merge(operation.part, time, Long::sum));
    Map<String, Double> result = new LinkedHashMap<>();
    long rest = total;
    for (Part part : Part.values()) {
      long time = parts.getOrDefault(part, 0L);
      result.put(label(part), mean(time));
      rest -= time;
    }
    result.put("optimizer", mean(rest));
    return result;
  }

  /** Every operation in the order of running. */
  List<OperationTime> operations() {
    List<OperationTime> times = new ArrayList<>();
    operations.forEach(
        (operation, time) ->
            times.add(
                new OperationTime(
                    label(operation.part), operation.node, operation.layer, mean(time))));
    return times;
  }

  /**
   * Times by type of layer, longest first.
   *
   * @param flops of a training step, by the name of the node
   */
  List<LayerTime> layers(Graph graph, Map<String, Double> flops) {
    Map<String, Long> times = new HashMap<>();
    operations.forEach((operation, time) -> times.merge(operation.layer, time, Long::sum));
    Map<String, List<Node>> nodes = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (!node.isInput()) {
        String type = node.layer().getClass().getSimpleName();
        nodes.computeIfAbsent(type, key -> new ArrayList<>()).add(node);
      }
    }
    List<LayerTime> layers = new ArrayList<>();
    times.forEach(
        (type, time) -> {
          List<Node> ofType = nodes.getOrDefault(type, List.of());
          double work = ofType.stream().mapToDouble(node -> flops.get(node.name())).sum();
          layers.add(
              new LayerTime(
                  type, Math.max(1, ofType.size()), (double) time / total, work * steps / time));
        });
    layers.sort(Comparator.comparingDouble(LayerTime::share).reversed());
    return layers;
  }

  private double mean(long nanoseconds) {
    return nanoseconds / NANOSECONDS_PER_MILLISECOND / steps;
  }

  private static String label(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }
}
