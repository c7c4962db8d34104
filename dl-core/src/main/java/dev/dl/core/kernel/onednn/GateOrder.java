package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.RecurrentCell;
import java.nio.FloatBuffer;

/**
 * The order of gates in oneDNN's weights beside that of {@link RecurrentCell}, and its single bias
 * beside PyTorch's two.
 */
enum GateOrder {
  /** The same order; the biases are added. */
  LSTM(new int[] {0, 1, 2, 3}, 4),
  /** Update before reset; a fourth bias is the hidden one of the new gate. */
  GRU(new int[] {1, 0, 2}, 4);

  @SuppressWarnings("ImmutableEnumChecker") // never written
  private final int[] gates;

  private final int biases;

  GateOrder(int[] gates, int biases) {
    this.gates = gates;
    this.biases = biases;
  }

  static GateOrder of(RecurrentCell cell) {
    return switch (cell) {
      case LSTM -> LSTM;
      case GRU -> GRU;
    };
  }

  /** Gates of oneDNN's bias. */
  int biases() {
    return biases;
  }

  boolean sameAsOurs() {
    return this == LSTM;
  }

  /**
   * Reorders the gates of weights. The order swaps two gates, so it is its own inverse.
   *
   * @param from {@code [gates · hidden, features]}
   */
  void reorder(FloatBuffer from, FloatBuffer to) {
    float[] gate = new float[from.capacity() / gates.length];
    for (int g = 0; g < gates.length; g++) {
      from.get(gates[g] * gate.length, gate);
      to.put(g * gate.length, gate);
    }
  }

  /** The bias of oneDNN, {@code [biases · hidden]}. */
  float[] bias(float[] input, float[] hidden) {
    int size = input.length / gates.length;
    float[] bias = new float[biases * size];
    for (int g = 0; g < gates.length; g++) {
      for (int i = 0; i < size; i++) {
        int ours = gates[g] * size + i;
        bias[g * size + i] = input[ours] + (resetAfter(g) ? 0 : hidden[ours]);
      }
    }
    if (biases > gates.length) {
      System.arraycopy(hidden, 2 * size, bias, 3 * size, size);
    }
    return bias;
  }

  /** The gradient of the input bias, from that of oneDNN's. */
  float[] inputBiasGradient(float[] gradient) {
    int size = gradient.length / biases;
    float[] ours = new float[gates.length * size];
    for (int g = 0; g < gates.length; g++) {
      System.arraycopy(gradient, g * size, ours, gates[g] * size, size);
    }
    return ours;
  }

  /** The gradient of the hidden bias, from that of oneDNN's. */
  float[] hiddenBiasGradient(float[] gradient) {
    int size = gradient.length / biases;
    float[] ours = inputBiasGradient(gradient);
    if (biases > gates.length) {
      System.arraycopy(gradient, 3 * size, ours, 2 * size, size);
    }
    return ours;
  }

  /** Whether the reset gate multiplies this gate's hidden product, its bias included. */
  private boolean resetAfter(int gate) {
    return this == GRU && gate == 2;
  }
}
