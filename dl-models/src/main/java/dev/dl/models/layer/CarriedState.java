package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.DenseKernel;
import dev.dl.core.kernel.RecurrentCell;
import dev.dl.core.kernel.RecurrentGeometry;
import dev.dl.core.kernel.RecurrentWeights;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A recurrent layer of one direction that goes on from where the part before ended. */
final class CarriedState {
  private final RecurrentGeometry geometry;
  private final int hidden;
  private final DenseKernel ofInput;
  private final DenseKernel ofHidden;

  CarriedState(OperationContext place, RecurrentGeometry geometry) {
    this.geometry = geometry;
    hidden = geometry.hidden();
    ofInput = place.kernels().dense(geometry.inputs(), geometry.gateRows(), Activation.NONE);
    ofHidden = place.kernels().dense(hidden, geometry.gateRows(), Activation.NONE);
  }

  /**
   * Reads the next tokens of one text.
   *
   * @param state {@code [2 · hidden]}: hidden state, then an LSTM's cell; afterwards that of the
   *     last token
   * @param output {@code [1, tokens, hidden]}
   */
  void forward(
      INDArray input, RecurrentWeights weights, float[] state, INDArray output, Memory memory) {
    int rows = geometry.gateRows();
    INDArray inputs = memory.activation(1, input.size(1), rows);
    ofInput.forward(input, weights.input(), weights.inputBias(), inputs);
    INDArray before = memory.activation(1, hidden);
    INDArray hiddens = memory.activation(1, rows);
    float[] sums = DenseArrays.read(inputs);
    float[] outputs = new float[sums.length / rows * hidden];
    for (int token = 0; token < sums.length / rows; token++) {
      DenseArrays.write(Arrays.copyOf(state, hidden), before);
      ofHidden.forward(before, weights.hidden(), weights.hiddenBias(), hiddens);
      step(sums, token * rows, DenseArrays.read(hiddens), state);
      System.arraycopy(state, 0, outputs, token * hidden, hidden);
    }
    DenseArrays.write(outputs, output);
  }

  private void step(float[] inputs, int at, float[] hiddens, float[] state) {
    for (int i = 0; i < hidden; i++) {
      if (geometry.cell() == RecurrentCell.LSTM) {
        lstm(inputs, at + i, hiddens, i, state);
      } else {
        gru(inputs, at + i, hiddens, i, state);
      }
    }
  }

  private void lstm(float[] inputs, int at, float[] hiddens, int i, float[] state) {
    double input = sigmoid(inputs[at] + hiddens[i]);
    double forget = sigmoid(inputs[at + hidden] + hiddens[i + hidden]);
    double candidate = Math.tanh(inputs[at + 2 * hidden] + hiddens[i + 2 * hidden]);
    double output = sigmoid(inputs[at + 3 * hidden] + hiddens[i + 3 * hidden]);
    double cell = forget * state[hidden + i] + input * candidate;
    state[hidden + i] = (float) cell;
    state[i] = (float) (output * Math.tanh(cell));
  }

  private void gru(float[] inputs, int at, float[] hiddens, int i, float[] state) {
    double reset = sigmoid(inputs[at] + hiddens[i]);
    double update = sigmoid(inputs[at + hidden] + hiddens[i + hidden]);
    double candidate = Math.tanh(inputs[at + 2 * hidden] + reset * hiddens[i + 2 * hidden]);
    state[i] = (float) ((1 - update) * candidate + update * state[i]);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
