package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.RecurrentGeometry;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.rnn_direction;
import org.bytedeco.dnnl.lbr_gru_backward;
import org.bytedeco.dnnl.lbr_gru_forward;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;

/**
 * The recurrent primitives of oneDNN for one direction of one size. Sequences are {@code [steps,
 * batch, features]}.
 *
 * @param inputWeights the layout that the forward pass chose, as is {@code hiddenWeights}
 * @param backward {@code null} outside of training
 */
record RecurrentPrimitives(
    primitive forward, memory.desc inputWeights, memory.desc hiddenWeights, Backward backward) {

  /** The backward pass with the layouts that it chose. */
  record Backward(
      primitive primitive,
      memory.desc inputWeights,
      memory.desc hiddenWeights,
      memory.desc inputWeightGradients,
      memory.desc hiddenWeightGradients,
      memory.desc workspace) {}

  private static final rnn_direction ONWARD = rnn_direction.unidirectional_left2right;

  static RecurrentPrimitives of(
      OneDnnEngine engine, RecurrentGeometry geometry, Memories memories, boolean training) {
    prop_kind kind = training ? prop_kind.forward_training : prop_kind.forward_inference;
    return switch (geometry.cell()) {
      case LSTM -> lstm(engine, memories, kind, training);
      case GRU -> gru(engine, memories, kind, training);
    };
  }

  /**
   * The descriptions that both passes share.
   *
   * @param state before the first step, which is given though it is zero: without one, oneDNN 3.11
   *     computes a wrong gradient of the LSTM's hidden weights
   * @param stateAfter the last step; empty in training
   */
  record Memories(
      memory.desc source,
      memory.desc inputWeights,
      memory.desc hiddenWeights,
      memory.desc bias,
      memory.desc destination,
      memory.desc state,
      memory.desc stateAfter) {}

  private static RecurrentPrimitives lstm(
      OneDnnEngine engine, Memories m, prop_kind kind, boolean training) {
    memory.desc none = new memory.desc();
    var description =
        new lstm_forward.primitive_desc(
            engine.cpu,
            kind,
            ONWARD,
            m.source,
            m.state,
            m.state,
            m.inputWeights,
            m.hiddenWeights,
            m.bias,
            m.destination,
            m.stateAfter,
            m.stateAfter,
            OneDnnEngine.attributes(),
            false);
    primitive forward = new lstm_forward(description);
    memory.desc inputWeights = description.weights_layer_desc();
    memory.desc hiddenWeights = description.weights_iter_desc();
    if (!training) {
      return new RecurrentPrimitives(forward, inputWeights, hiddenWeights, null);
    }
    var backward =
        new lstm_backward.primitive_desc(
            engine.cpu,
            prop_kind.backward,
            ONWARD,
            m.source,
            m.state,
            m.state,
            m.inputWeights,
            m.hiddenWeights,
            m.bias,
            m.destination,
            none,
            none,
            m.source,
            m.state,
            m.state,
            m.inputWeights,
            m.hiddenWeights,
            m.bias,
            m.destination,
            none,
            none,
            description,
            OneDnnEngine.attributes(),
            false);
    return new RecurrentPrimitives(
        forward,
        inputWeights,
        hiddenWeights,
        new Backward(
            new lstm_backward(backward),
            backward.weights_layer_desc(),
            backward.weights_iter_desc(),
            backward.diff_weights_layer_desc(),
            backward.diff_weights_iter_desc(),
            description.workspace_desc()));
  }

  private static RecurrentPrimitives gru(
      OneDnnEngine engine, Memories m, prop_kind kind, boolean training) {
    memory.desc none = new memory.desc();
    var description =
        new lbr_gru_forward.primitive_desc(
            engine.cpu,
            kind,
            ONWARD,
            m.source,
            m.state,
            m.inputWeights,
            m.hiddenWeights,
            m.bias,
            m.destination,
            m.stateAfter,
            OneDnnEngine.attributes(),
            false);
    primitive forward = new lbr_gru_forward(description);
    memory.desc inputWeights = description.weights_layer_desc();
    memory.desc hiddenWeights = description.weights_iter_desc();
    if (!training) {
      return new RecurrentPrimitives(forward, inputWeights, hiddenWeights, null);
    }
    var backward =
        new lbr_gru_backward.primitive_desc(
            engine.cpu,
            prop_kind.backward,
            ONWARD,
            m.source,
            m.state,
            m.inputWeights,
            m.hiddenWeights,
            m.bias,
            m.destination,
            none,
            m.source,
            m.state,
            m.inputWeights,
            m.hiddenWeights,
            m.bias,
            m.destination,
            none,
            description,
            OneDnnEngine.attributes(),
            false);
    return new RecurrentPrimitives(
        forward,
        inputWeights,
        hiddenWeights,
        new Backward(
            new lbr_gru_backward(backward),
            backward.weights_layer_desc(),
            backward.weights_iter_desc(),
            backward.diff_weights_layer_desc(),
            backward.diff_weights_iter_desc(),
            description.workspace_desc()));
  }
}
