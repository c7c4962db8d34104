package dev.dl.models.network;

import dev.dl.models.layer.Memory;
import dev.dl.models.layer.Operation;
import dev.dl.models.network.StepProfile.Part;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer's operation in its place in Deeplearning4j's graph: memory from its workspaces, arrays in
 * and out.
 */
final class OperationVertex extends BaseGraphVertex {
  private final transient Placement placement;
  private final transient Operation operation;
  private final transient INDArray parametersView;

  OperationVertex(
      ComputationGraph graph,
      String name,
      int index,
      Placement placement,
      INDArray parametersView) {
    super(
        graph,
        name,
        index,
        null,
        null,
        parametersView == null ? DataType.FLOAT : parametersView.dataType());
    this.placement = placement;
    this.operation = placement.node().layer().operation(placement);
    this.parametersView = parametersView;
    placement.bindParameters(parametersView);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    Memory memory = new WorkspaceMemory(placement, workspaces);
    return placement.timed(Part.FORWARD, () -> operation.forward(inputs, training, memory));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    Gradient written = new DefaultGradient();
    if (epsilon == null) { // nothing before this layer is trained
      return new Pair<>(written, new INDArray[inputs.length]);
    }
    Memory memory = new WorkspaceMemory(placement, workspaces);
    return new Pair<>(
        written, placement.timed(Part.BACKWARD, () -> operation.backward(epsilon, memory)));
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradientsView) {
    placement.bindGradients(gradientsView);
  }

  @Override
  public INDArray params() {
    return parametersView;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return new Pair<>(null, state);
  }

  @Override
  public String toString() {
    return "OperationVertex(" + vertexName + ")";
  }

  /** Deeplearning4j's workspaces as an operation sees them. */
  private record WorkspaceMemory(Placement placement, LayerWorkspaceMgr workspaces)
      implements Memory {
    @Override
    public INDArray activation(long... shape) {
      return workspaces.createUninitialized(
          ArrayType.ACTIVATIONS, placement.kernels().dataType(), shape, 'c');
    }

    @Override
    public INDArray gradient(long... shape) {
      return workspaces.createUninitialized(
          ArrayType.ACTIVATION_GRAD, placement.kernels().dataType(), shape, 'c');
    }
  }
}
