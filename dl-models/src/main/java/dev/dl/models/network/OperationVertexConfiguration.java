package dev.dl.models.network;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What Deeplearning4j keeps of a layer while it builds its graph. */
final class OperationVertexConfiguration extends GraphVertex {
  private final transient Placement placement;

  OperationVertexConfiguration(Placement placement) {
    this.placement = placement;
  }

  @Override
  public GraphVertex clone() {
    return new OperationVertexConfiguration(placement);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OperationVertexConfiguration configuration
        && configuration.placement == placement;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(placement);
  }

  @Override
  public long numParams(boolean backprop) {
    return placement.parameterCount();
  }

  @Override
  public int minVertexInputs() {
    return placement.node().inputs().size();
  }

  @Override
  public int maxVertexInputs() {
    return placement.node().inputs().size();
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parametersView,
      boolean initializeParameters,
      DataType dataType) {
    return new OperationVertex(graph, name, index, placement, parametersView);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    throw new IllegalStateException("shapes are known before Deeplearning4j sees the graph");
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    throw new IllegalStateException("memory is reported by the benchmark");
  }
}
