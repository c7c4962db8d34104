package dev.dl.models.network;

import dev.dl.models.layer.Operation;
import dev.dl.models.network.StepProfile.Part;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer's operation in its place in Deeplearning4j's graph: arrays in and out. */
final class OperationVertex extends BaseGraphVertex {
  private final transient Placement placement;
  private final transient Operation operation;
  private final transient StepMemory.OfNode memory;
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
    this.memory = placement.memory();
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
    INDArray output =
        !training && placement.foldedAway()
            ? inputs[0]
            : placement.timed(Part.FORWARD, () -> operation.forward(inputs, training, memory));
    placement.check(() -> "the output of " + vertexName, output);
    if (output == inputs[0] && !memory.owns(output)) {
      memory.handOn();
    }
    memory.forwardEnded(training);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray[] gradients =
        placement.trained()
            ? placement.timed(Part.BACKWARD, this::backward)
            : new INDArray[placement.node().inputs().size()];
    for (int i = 0; i < gradients.length; i++) {
      if (!placement.inputTrained(i)) {
        gradients[i] = nothing();
      } else if (gradients[i] == null) {
        throw new IllegalStateException(
            "layer %s gives no gradient to %s, which is trained"
                .formatted(vertexName, placement.node().inputs().get(i).name()));
      }
    }
    memory.backwardEnded();
    return new Pair<>(new DefaultGradient(), gradients);
  }

  private INDArray[] backward() {
    INDArray[] gradients = operation.backward(epsilon, memory);
    placement.clearFrozenGradients();
    placement.checkGradients();
    for (INDArray gradient : gradients) {
      placement.check(() -> "the gradient of the input of " + vertexName, gradient);
    }
    return gradients;
  }

  /**
   * The gradient of what is not trained: one zero. Deeplearning4j adds the gradients of a node with
   * several readers in place; with a null among them it fails, or hands the next input the wrong
   * one.
   */
  private INDArray nothing() {
    return memory.gradient(1).assign(0);
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
}
