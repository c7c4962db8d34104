package dev.dl.models.network;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.random.RandomStream;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The nodes of a network in their places, and what of all of them lies in one vector. */
final class Placements {
  private Placements() {}

  /**
   * Every node but the input.
   *
   * @param first number of the first one
   */
  static List<Placement> of(
      Graph graph, Kernels kernels, StepMemory memory, Progress progress, int first) {
    List<Placement> placements = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!node.isInput()) {
        int number = first + placements.size();
        placements.add(new Placement(node, number, kernels, memory.of(node), progress));
      }
    }
    fold(graph, placements);
    return placements;
  }

  private static void fold(Graph graph, List<Placement> placements) {
    Map<Node, Placement> places = new HashMap<>();
    placements.forEach(placement -> places.put(placement.node(), placement));
    for (Placement placement : placements) {
      List<Node> readers = graph.readers(placement.node());
      if (readers.size() == 1 && placement.node().layer().folds(readers.get(0).layer())) {
        placement.fold(places.get(readers.get(0)));
      }
    }
  }

  /** One dense vector for the buffers of all nodes. */
  static INDArray bindBuffers(List<Placement> placements, Kernels kernels) {
    long total =
        placements.stream().mapToLong(placement -> Placement.length(placement.buffers())).sum();
    INDArray all = DenseArrays.allocate(kernels.dataType(), Math.max(1, total));
    long offset = 0;
    for (Placement placement : placements) {
      long length = Placement.length(placement.buffers());
      if (length > 0) {
        placement.bindBuffers(all.get(NDArrayIndex.interval(offset, offset + length)));
      }
      offset += length;
    }
    return all;
  }

  /**
   * What lies where, ascending: Deeplearning4j sorts a graph with branches its own way.
   *
   * @param start of the arrays of a node
   */
  static List<NamedRange> ranges(
      List<Placement> placements,
      Function<Placement, List<Parameter>> arrays,
      ToLongFunction<Placement> start) {
    List<NamedRange> ranges = new ArrayList<>();
    for (Placement placement : placements) {
      long offset = start.applyAsLong(placement);
      for (Parameter array : arrays.apply(placement)) {
        ranges.add(
            new NamedRange(
                placement.publicName(array),
                array.shape(),
                offset,
                array.length(),
                array.decayed(),
                placement.trains(array)));
        offset += array.length();
      }
    }
    ranges.sort(Comparator.comparingLong(NamedRange::offset));
    return List.copyOf(ranges);
  }

  /** Gives every parameter and buffer the value that it begins with. */
  static void initialize(List<Placement> placements, long seed) {
    int index = 0;
    for (Placement placement : placements) {
      for (Parameter parameter : placement.parameters()) {
        fill(
            placement.parameter(parameter.name()),
            parameter,
            seed,
            RandomStream.WEIGHTS.at(index++));
      }
      for (Parameter buffer : placement.buffers()) {
        fill(placement.buffer(buffer.name()), buffer, seed, RandomStream.WEIGHTS.at(index++));
      }
    }
  }

  private static void fill(INDArray array, Parameter parameter, long seed, long stream) {
    float[] values = new float[Math.toIntExact(parameter.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) parameter.initializer().value(seed, stream, i);
    }
    DenseArrays.write(values, array);
  }
}
