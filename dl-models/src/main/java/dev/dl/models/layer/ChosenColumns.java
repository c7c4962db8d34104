package dev.dl.models.layer;

import java.util.HashSet;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some of the values of a vector, in an order of choice: {@code [columns]} to {@code [positions]}.
 *
 * @param positions where they are, from 0 on; each at most once
 */
public record ChosenColumns(List<Integer> positions) implements Layer {

  public ChosenColumns {
    positions = List.copyOf(positions);
    if (positions.isEmpty() || new HashSet<>(positions).size() < positions.size()) {
      throw new IllegalArgumentException(
          "got the columns %s, expected at least one and none twice".formatted(positions));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (input.sizes().size() != 1
        || positions.stream().anyMatch(column -> column < 0 || column >= input.size())) {
      throw new IllegalArgumentException(
          "got the shape %s, expected a vector with the columns %s".formatted(input, positions));
    }
    return Shape.of(positions.size());
  }

  @Override
  public Operation operation(OperationContext context) {
    int columns = context.inputs().get(0).size();
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activation(inputs[0].size(0), positions.size());
        for (int i = 0; i < positions.size(); i++) {
          output.getColumn(i).assign(inputs[0].getColumn(positions.get(i)));
        }
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        if (!context.inputGradientNeeded()) {
          return new INDArray[] {null};
        }
        INDArray inputGradient = memory.gradient(outputGradient.size(0), columns).assign(0);
        for (int i = 0; i < positions.size(); i++) {
          inputGradient.getColumn(positions.get(i)).assign(outputGradient.getColumn(i));
        }
        return new INDArray[] {inputGradient};
      }
    };
  }
}
