package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean of the vectors of a sequence; joined with a mask {@code [length]}, of those where it is
 * one. The mean of none is zero.
 */
public record MeanOverTokens() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape.requireMask(inputs);
    return Shape.of(inputs.get(0).features());
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray mask;
      private long[] shape;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        mask = inputs.length > 1 ? inputs[1] : null;
        shape = inputs[0].shape();
        INDArray output = memory.activation(shape[0], shape[2]);
        context.kernels().averageOverSequence(inputs[0], mask, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(shape);
        context.kernels().averageOverSequenceGradient(mask, outputGradient, inputGradient);
        return mask == null ? new INDArray[] {inputGradient} : new INDArray[] {inputGradient, null};
      }
    };
  }
}
