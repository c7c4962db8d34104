package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The first vector of a sequence: {@code [length, features]} to {@code [features]}. */
public record FirstToken() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.get(0).length() < 2) {
      throw new IllegalArgumentException("got a sequence of 1, expected one to choose from");
    }
    return Shape.of(inputs.get(0).features());
  }

  @Override
  public Operation operation(OperationContext context) {
    Shape input = context.inputs().get(0);
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        long batch = inputs[0].size(0);
        INDArray first = memory.activation(batch, input.features());
        INDArray rest = memory.activation(batch, input.size() - input.features());
        context
            .kernels()
            .split(inputs[0].reshape(batch, input.size()), new INDArray[] {first, rest});
        return first;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        long batch = outputGradient.size(0);
        INDArray rest = memory.gradient(batch, input.size() - input.features());
        rest.assign(0);
        INDArray inputGradient = memory.gradient(input.arrayShape(batch));
        context
            .kernels()
            .join(
                new INDArray[] {outputGradient, rest}, inputGradient.reshape(batch, input.size()));
        return new INDArray[] {inputGradient};
      }
    };
  }
}
