package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A sequence with its axes exchanged, {@code [length, features]} to {@code [features, length]}, so
 * that the layers after it mix positions where they would mix features.
 */
public record TransposeSequence() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape sequence = inputs.get(0);
    return Shape.of(sequence.features(), sequence.length());
  }

  @Override
  public Operation operation(OperationContext context) {
    Shape input = context.inputs().get(0);
    Shape output = outputShape(context.inputs());
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray transposed = memory.activation(output.arrayShape(inputs[0].size(0)));
        context.kernels().transpose(inputs[0], transposed);
        return transposed;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(input.arrayShape(outputGradient.size(0)));
        context.kernels().transpose(outputGradient, inputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
