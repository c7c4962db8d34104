package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vector cut into a sequence of so many vectors: {@code [features]} to {@code [length, features /
 * length]}.
 */
public record Unflatten(int length) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (input.sizes().size() != 1 || input.features() % length != 0) {
      throw new IllegalArgumentException(
          "got the shape %s, expected a vector of %d parts".formatted(input, length));
    }
    return Shape.of(length, input.features() / length);
  }

  @Override
  public Operation operation(OperationContext context) {
    Shape sequence = outputShape(context.inputs());
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activation(sequence.arrayShape(inputs[0].size(0)));
        output.assign(inputs[0].reshape(output.shape()));
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(outputGradient.size(0), sequence.size());
        inputGradient.assign(outputGradient.reshape(inputGradient.shape()));
        return new INDArray[] {inputGradient};
      }
    };
  }
}
