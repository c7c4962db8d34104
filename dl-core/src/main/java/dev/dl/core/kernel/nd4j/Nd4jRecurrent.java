package dev.dl.core.kernel.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import dev.dl.core.kernel.RecurrentGeometry;
import dev.dl.core.kernel.RecurrentKernel;
import dev.dl.core.kernel.RecurrentWeights;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A recurrent layer step by step; the backward pass computes the steps again. */
record Nd4jRecurrent(RecurrentGeometry geometry) implements RecurrentKernel {

  @Override
  public void forward(
      INDArray input,
      INDArray mask,
      List<RecurrentWeights> weights,
      INDArray output,
      boolean training) {
    for (int direction = 0; direction < geometry.directions(); direction++) {
      Nd4jCell[] cells = run(input, mask, weights.get(direction), direction);
      for (int t = 0; t < cells.length; t++) {
        position(output, direction, t)
            .assign(cells[t].after().hidden().mulColumnVector(mask(mask, input, t)));
      }
    }
  }

  /** The cell at each position, in the order of the sequence. */
  private Nd4jCell[] run(INDArray input, INDArray mask, RecurrentWeights weights, int direction) {
    int length = (int) input.size(1);
    Nd4jCell[] cells = new Nd4jCell[length];
    Nd4jCell.State state =
        Nd4jCell.State.zeros(Nd4j.zeros(input.dataType(), input.size(0), geometry.hidden()));
    for (int step = 0; step < length; step++) {
      int t = direction == 0 ? step : length - 1 - step;
      cells[t] =
          Nd4jCell.of(
              geometry.cell(),
              position(input, t)
                  .mmul(weights.input().transpose())
                  .addRowVector(weights.inputBias()),
              state.hidden().mmul(weights.hidden().transpose()).addRowVector(weights.hiddenBias()),
              state);
      state = cells[t].after().where(mask(mask, input, t), state);
    }
    return cells;
  }

  @Override
  public void backward(
      INDArray input,
      INDArray mask,
      List<RecurrentWeights> weights,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      List<RecurrentWeights> weightGradients) {
    if (inputGradient != null) {
      inputGradient.assign(0);
    }
    for (int direction = 0; direction < geometry.directions(); direction++) {
      RecurrentWeights gradients = weightGradients.get(direction);
      List.of(gradients.input(), gradients.hidden(), gradients.inputBias(), gradients.hiddenBias())
          .forEach(gradient -> gradient.assign(0));
      Nd4jCell[] cells = run(input, mask, weights.get(direction), direction);
      Nd4jCell.State after = Nd4jCell.State.zeros(cells[0].after().hidden());
      for (int step = cells.length - 1; step >= 0; step--) {
        int t = direction == 0 ? step : cells.length - 1 - step;
        INDArray counted = mask(mask, input, t);
        INDArray own = position(outputGradient, direction, t);
        Nd4jCell.State seen =
            new Nd4jCell.State(after.hidden().add(own), after.cell()).times(counted);
        Nd4jCell.Gradients found = cells[t].gradients(seen);
        gradients.input().addi(found.inputs().transpose().mmul(position(input, t)));
        gradients.hidden().addi(found.hiddens().transpose().mmul(cells[t].before().hidden()));
        gradients.inputBias().addi(Nd4jSums.ofColumns(found.inputs()));
        gradients.hiddenBias().addi(Nd4jSums.ofColumns(found.hiddens()));
        if (inputGradient != null) {
          position(inputGradient, t).addi(found.inputs().mmul(weights.get(direction).input()));
        }
        INDArray throughProduct = found.hiddens().mmul(weights.get(direction).hidden());
        after =
            new Nd4jCell.State(found.before().hidden().add(throughProduct), found.before().cell())
                .plus(after.times(counted.rsub(1)));
      }
    }
  }

  /** In one view: of a view of one sample, ND4J takes a later position for empty. */
  private INDArray position(INDArray outputs, int direction, int t) {
    long start = (long) direction * geometry.hidden();
    return outputs.get(all(), point(t), interval(start, start + geometry.hidden()));
  }

  private static INDArray position(INDArray sequences, int t) {
    return sequences.get(all(), point(t), all());
  }

  /** {@code [batch, 1]}. */
  private static INDArray mask(INDArray mask, INDArray input, int t) {
    return mask == null
        ? Nd4j.ones(input.dataType(), input.size(0), 1)
        : mask.get(all(), point(t)).reshape(input.size(0), 1);
  }
}
