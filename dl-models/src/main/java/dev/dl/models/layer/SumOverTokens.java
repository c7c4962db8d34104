package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of the vectors of a sequence: {@code [length, features]} to {@code [features]}. */
public record SumOverTokens() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    inputs.get(0).length();
    return Shape.of(inputs.get(0).features());
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private long[] shape;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        shape = inputs[0].shape();
        INDArray output = memory.activation(shape[0], shape[2]);
        context.kernels().averageOverSequence(inputs[0], null, output);
        output.muli(shape[1]);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(shape);
        context.kernels().averageOverSequenceGradient(null, outputGradient, inputGradient);
        inputGradient.muli(shape[1]);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
