package dev.dl.core.kernel.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import dev.dl.core.kernel.RecurrentCell;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** One step of a recurrent layer, as its formulas are written, with its gradient. */
sealed interface Nd4jCell {

  /**
   * What is carried from step to step, or its gradient; {@code [batch, hidden]} each.
   *
   * @param cell unused by a GRU, which hands it on
   */
  record State(INDArray hidden, INDArray cell) {

    static State zeros(INDArray like) {
      return new State(like.mul(0), like.mul(0));
    }

    /** This state where the mask is one, the other where it is zero. */
    State where(INDArray mask, State other) {
      return times(mask).plus(other.times(mask.rsub(1)));
    }

    /** Each row times a number of {@code column [batch, 1]}. */
    State times(INDArray column) {
      return new State(hidden.mulColumnVector(column), cell.mulColumnVector(column));
    }

    State plus(State other) {
      return new State(hidden.add(other.hidden), cell.add(other.cell));
    }
  }

  /**
   * The gradients of one step.
   *
   * @param inputs of the product with the input weights, {@code [batch, gates · hidden]}
   * @param hiddens of the product with the hidden weights
   * @param before of the state before, but for its way through that product
   */
  record Gradients(INDArray inputs, INDArray hiddens, State before) {}

  /**
   * The cell at one step.
   *
   * @param inputs product of input and weights, with the bias, {@code [batch, gates · hidden]}
   * @param hiddens product of the hidden state and weights, with the bias
   */
  static Nd4jCell of(RecurrentCell cell, INDArray inputs, INDArray hiddens, State before) {
    return switch (cell) {
      case LSTM -> Lstm.of(inputs.add(hiddens), before);
      case GRU -> Gru.of(inputs, hiddens, before);
    };
  }

  State before();

  State after();

  Gradients gradients(State afterGradient);

  /** Long short-term memory. */
  record Lstm(
      INDArray input,
      INDArray forget,
      INDArray candidate,
      INDArray output,
      INDArray cell,
      State before)
      implements Nd4jCell {

    static Lstm of(INDArray sums, State before) {
      INDArray input = sigmoid(gate(sums, 0, 4));
      INDArray forget = sigmoid(gate(sums, 1, 4));
      INDArray candidate = tanh(gate(sums, 2, 4));
      INDArray output = sigmoid(gate(sums, 3, 4));
      INDArray cell = forget.mul(before.cell).add(input.mul(candidate));
      return new Lstm(input, forget, candidate, output, cell, before);
    }

    @Override
    public State after() {
      return new State(output.mul(tanh(cell)), cell);
    }

    @Override
    public Gradients gradients(State after) {
      INDArray squashed = tanh(cell);
      INDArray outputGradient = after.hidden.mul(squashed).muli(sigmoidSlope(output));
      INDArray cellGradient = after.cell.add(after.hidden.mul(output).muli(tanhSlope(squashed)));
      INDArray sums =
          Nd4j.concat(
              1,
              cellGradient.mul(candidate).muli(sigmoidSlope(input)),
              cellGradient.mul(before.cell).muli(sigmoidSlope(forget)),
              cellGradient.mul(input).muli(tanhSlope(candidate)),
              outputGradient);
      return new Gradients(sums, sums, new State(after.hidden.mul(0), cellGradient.mul(forget)));
    }
  }

  /** Gated recurrent unit. */
  record Gru(
      INDArray reset, INDArray update, INDArray candidate, INDArray hiddenProduct, State before)
      implements Nd4jCell {

    static Gru of(INDArray inputs, INDArray hiddens, State before) {
      INDArray reset = sigmoid(gate(inputs, 0, 3).add(gate(hiddens, 0, 3)));
      INDArray update = sigmoid(gate(inputs, 1, 3).add(gate(hiddens, 1, 3)));
      INDArray product = gate(hiddens, 2, 3);
      INDArray candidate = tanh(gate(inputs, 2, 3).add(reset.mul(product)));
      return new Gru(reset, update, candidate, product, before);
    }

    @Override
    public State after() {
      return new State(update.rsub(1).muli(candidate).addi(update.mul(before.hidden)), before.cell);
    }

    @Override
    public Gradients gradients(State after) {
      INDArray updateGradient =
          after.hidden.mul(before.hidden.sub(candidate)).muli(sigmoidSlope(update));
      INDArray candidateGradient = after.hidden.mul(update.rsub(1)).muli(tanhSlope(candidate));
      INDArray resetGradient = candidateGradient.mul(hiddenProduct).muli(sigmoidSlope(reset));
      return new Gradients(
          Nd4j.concat(1, resetGradient, updateGradient, candidateGradient),
          Nd4j.concat(1, resetGradient, updateGradient, candidateGradient.mul(reset)),
          new State(after.hidden.mul(update), after.cell));
    }
  }

  private static INDArray gate(INDArray products, int gate, int gates) {
    long hidden = products.size(1) / gates;
    return products.get(all(), interval(gate * hidden, (gate + 1) * hidden)).dup();
  }

  private static INDArray sigmoid(INDArray x) {
    return Transforms.sigmoid(x, true);
  }

  private static INDArray tanh(INDArray x) {
    return Transforms.tanh(x, true);
  }

  private static INDArray sigmoidSlope(INDArray value) {
    return value.mul(value.rsub(1));
  }

  private static INDArray tanhSlope(INDArray value) {
    return value.mul(value).rsubi(1);
  }
}
