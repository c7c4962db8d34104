package dev.dl.models.layer;

import dev.dl.core.kernel.Kernels;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean square of the difference between the numbers that a row of a table begins with and a
 * vector of as many: {@code [columns]} and {@code [numbers]} to {@code [1]}. The row is the input
 * of the network and has no gradient.
 */
public record SquaredDistance() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 2 || inputs.get(0).ids() < inputs.get(1).ids()) {
      throw new IllegalArgumentException(
          "got inputs " + inputs + ", expected a row and as many numbers at most");
    }
    return Shape.of(1);
  }

  @Override
  public Operation operation(OperationContext context) {
    int columns = context.inputs().get(0).features();
    int numbers = context.inputs().get(1).features();
    Kernels kernels = context.kernels();
    return new Operation() {
      private INDArray difference;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        long batch = inputs[0].size(0);
        difference = memory.activation(batch, numbers);
        difference.assign(inputs[1]).subi(numbers(inputs[0], memory));
        INDArray squares = memory.activation(batch, numbers, 1);
        INDArray values = squares.reshape(batch, numbers);
        values.assign(difference).muli(difference);
        INDArray output = memory.activation(batch, 1);
        kernels.averageOverSequence(squares, null, output);
        return output;
      }

      private INDArray numbers(INDArray rows, Memory memory) {
        if (columns == numbers) {
          return rows;
        }
        long batch = rows.size(0);
        INDArray first = memory.activation(batch, numbers);
        INDArray rest = memory.activation(batch, columns - numbers);
        kernels.split(rows, new INDArray[] {first, rest});
        return first;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        long batch = outputGradient.size(0);
        INDArray gradient = memory.gradient(batch, numbers);
        kernels.averageOverSequenceGradient(
            null, outputGradient, gradient.reshape(batch, numbers, 1));
        gradient.muli(difference).muli(2);
        return new INDArray[] {null, gradient};
      }
    };
  }
}
