package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The maximum of each feature over a sequence; joined with a mask {@code [length]}, over the
 * vectors where it is one. The maximum of none is zero.
 */
public record MaximumOverTokens() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape.requireMask(inputs);
    return Shape.of(inputs.get(0).features());
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray input;
      private INDArray mask;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        input = inputs[0];
        mask = inputs.length > 1 ? inputs[1] : null;
        INDArray output = memory.activation(input.size(0), input.size(2));
        context.kernels().maximumOverSequence(input, mask, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(input.shape());
        context.kernels().maximumOverSequenceGradient(input, mask, outputGradient, inputGradient);
        return mask == null ? new INDArray[] {inputGradient} : new INDArray[] {inputGradient, null};
      }
    };
  }
}
