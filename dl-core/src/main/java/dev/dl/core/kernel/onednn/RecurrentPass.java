package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.RecurrentGeometry;
import dev.dl.core.kernel.RecurrentWeights;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One direction of a recurrent layer for one size, in the order of the steps: all of them in
 * training, a stretch at a time in inference. Weights have oneDNN's order of gates.
 */
final class RecurrentPass {
  private final GateOrder gates;
  private final Memory shared;
  private final long[] sourceShape;
  private final long[] destinationShape;
  private final INDArray bias;
  private final GatePacking inputWeights;
  private final GatePacking hiddenWeights;

  private final Call forward;

  /** What inference carries from one stretch of steps to the next; {@code null} in training. */
  private final RecurrentState state;

  private final Backward backward;

  /** What the passes of all sizes share, as large as the largest. */
  static final class Memory {
    private final PointMemory source = new PointMemory();
    private final PointMemory destination = new PointMemory();
    private final PointMemory sourceGradient = new PointMemory();
    private final PointMemory destinationGradient = new PointMemory();
    private final PointMemory workspace = new PointMemory();
  }

  RecurrentPass(
      OneDnnEngine engine,
      RecurrentGeometry geometry,
      Memory shared,
      int steps,
      int batch,
      boolean training) {
    this.shared = shared;
    gates = GateOrder.of(geometry.cell());
    int hidden = geometry.hidden();
    sourceShape = new long[] {steps, batch, geometry.inputs()};
    destinationShape = new long[] {steps, batch, hidden};
    bias = allocate(gates.biases(), hidden);
    long[] inputShape = {1, 1, geometry.inputs(), geometry.cell().gates(), hidden};
    long[] hiddenShape = {1, 1, hidden, geometry.cell().gates(), hidden};
    var memories =
        new RecurrentPrimitives.Memories(
            engine.dense(sourceShape),
            engine.any(inputShape),
            engine.any(hiddenShape),
            engine.dense(1, 1, gates.biases(), hidden),
            engine.dense(destinationShape),
            engine.dense(1, 1, batch, hidden),
            training ? new memory.desc() : engine.dense(1, 1, batch, hidden));
    var primitives = RecurrentPrimitives.of(engine, geometry, memories, training);
    inputWeights =
        GatePacking.into(engine, gates, primitives.inputWeights(), DNNL_ARG_WEIGHTS_LAYER);
    hiddenWeights =
        GatePacking.into(engine, gates, primitives.hiddenWeights(), DNNL_ARG_WEIGHTS_ITER);
    forward = new Call(engine, primitives.forward());
    declare(forward, memories, inputWeights, hiddenWeights);
    state =
        training ? null : new RecurrentState(engine, geometry.cell(), memories.state(), forward);
    backward = training ? new Backward(engine, primitives, memories) : null;
  }

  private static INDArray allocate(long... shape) {
    return DenseArrays.allocate(DataType.FLOAT, shape);
  }

  private void declare(
      Call call,
      RecurrentPrimitives.Memories memories,
      GatePacking inputWeights,
      GatePacking hiddenWeights) {
    call.argument(DNNL_ARG_SRC_LAYER, memories.source())
        .argument(DNNL_ARG_BIAS, memories.bias())
        .argument(DNNL_ARG_DST_LAYER, memories.destination());
    inputWeights.bind(call);
    hiddenWeights.bind(call);
  }

  /** Where the input goes, {@code [steps, batch, inputs]}. */
  INDArray source() {
    return shared.source.ofShape(sourceShape);
  }

  /** Where the output is, {@code [steps, batch, hidden]}. */
  INDArray destination() {
    return shared.destination.ofShape(destinationShape);
  }

  /** Where the gradient of the output goes. */
  INDArray destinationGradient() {
    return shared.destinationGradient.ofShape(destinationShape);
  }

  /** Where the gradient of the input is. */
  INDArray sourceGradient() {
    return shared.sourceGradient.ofShape(sourceShape);
  }

  /** Takes the weights, for sequences from their first step on. */
  void begin(RecurrentWeights weights) {
    DenseArrays.write(
        gates.bias(DenseArrays.read(weights.inputBias()), DenseArrays.read(weights.hiddenBias())),
        bias);
    inputWeights.read(forward, weights.input());
    hiddenWeights.read(forward, weights.hidden());
    if (state != null) {
      state.begin();
    }
  }

  /** All steps in training; in inference those after the ones that it passed over last. */
  void forward() {
    if (backward != null) {
      forward.at(DNNL_ARG_WORKSPACE, backward.workspace());
      run(forward);
    } else {
      state.give(forward);
      run(forward);
      state.advance();
    }
  }

  private void run(Call call) {
    call.at(DNNL_ARG_SRC_LAYER, source())
        .at(DNNL_ARG_BIAS, bias)
        .at(DNNL_ARG_DST_LAYER, destination())
        .run();
  }

  void backward(RecurrentWeights weights, RecurrentWeights gradients) {
    backward.run(weights, gradients);
  }

  private final class Backward {
    private final INDArray biasGradient = allocate(bias.shape());
    private final GatePacking inputWeights;
    private final GatePacking hiddenWeights;
    private final GatePacking inputGradients;
    private final GatePacking hiddenGradients;
    private final Call call;
    private final long workspaceLength;

    /** The state before the first step. */
    private final memory zeros;

    Backward(
        OneDnnEngine engine,
        RecurrentPrimitives primitives,
        RecurrentPrimitives.Memories memories) {
      var chosen = primitives.backward();
      inputWeights = GatePacking.into(engine, gates, chosen.inputWeights(), DNNL_ARG_WEIGHTS_LAYER);
      hiddenWeights =
          GatePacking.into(engine, gates, chosen.hiddenWeights(), DNNL_ARG_WEIGHTS_ITER);
      inputGradients =
          GatePacking.outOf(
              engine, gates, chosen.inputWeightGradients(), DNNL_ARG_DIFF_WEIGHTS_LAYER);
      hiddenGradients =
          GatePacking.outOf(
              engine, gates, chosen.hiddenWeightGradients(), DNNL_ARG_DIFF_WEIGHTS_ITER);
      call = new Call(engine, chosen.primitive());
      declare(call, memories, inputWeights, hiddenWeights);
      zeros = engine.allocate(memories.state());
      Pointer.memset(zeros.get_data_handle(), 0, memories.state().get_size());
      start(forward);
      start(call);
      call.argument(DNNL_ARG_DIFF_SRC_LAYER, memories.source())
          .argument(DNNL_ARG_DIFF_BIAS, memories.bias())
          .argument(DNNL_ARG_DIFF_DST_LAYER, memories.destination())
          .fixed(DNNL_ARG_DIFF_SRC_ITER, engine.allocate(memories.state()))
          .fixed(DNNL_ARG_DIFF_SRC_ITER_C, engine.allocate(memories.state()));
      inputGradients.bind(call);
      hiddenGradients.bind(call);
      workspaceLength = chosen.workspace().get_size() / Float.BYTES + 1;
      forward.argument(DNNL_ARG_WORKSPACE, chosen.workspace());
      call.argument(DNNL_ARG_WORKSPACE, chosen.workspace());
    }

    private void start(Call pass) {
      pass.fixed(DNNL_ARG_SRC_ITER, zeros).fixed(DNNL_ARG_SRC_ITER_C, zeros);
    }

    INDArray workspace() {
      return shared.workspace.ofLength(workspaceLength);
    }

    /** The primitive adds to the gradients of weights and bias, so they begin at zero. */
    void run(RecurrentWeights weights, RecurrentWeights gradients) {
      inputGradients.begin(call, gradients.input());
      hiddenGradients.begin(call, gradients.hidden());
      biasGradient.assign(0);
      call.at(DNNL_ARG_DIFF_SRC_LAYER, sourceGradient())
          .at(DNNL_ARG_DIFF_BIAS, biasGradient)
          .at(DNNL_ARG_DIFF_DST_LAYER, destinationGradient())
          .at(DNNL_ARG_WORKSPACE, workspace());
      inputWeights.read(call, weights.input());
      hiddenWeights.read(call, weights.hidden());
      RecurrentPass.this.run(call);
      inputGradients.write(gradients.input());
      hiddenGradients.write(gradients.hidden());
      float[] summed = DenseArrays.read(biasGradient);
      DenseArrays.write(gates.inputBiasGradient(summed), gradients.inputBias());
      DenseArrays.write(gates.hiddenBiasGradient(summed), gradients.hiddenBias());
    }
  }
}
