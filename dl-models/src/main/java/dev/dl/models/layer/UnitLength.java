package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Vectors divided by their lengths, {@code [features]}, so that the product of two is their cosine.
 */
public record UnitLength() implements Layer {
  /** Lengths below this one count as it, as PyTorch has it. */
  private static final double SMALLEST = 1e-12;

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (input.sizes().size() != 1) {
      throw new IllegalArgumentException("got the shape " + input + ", expected a vector");
    }
    return input;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray lengths;
      private INDArray output;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray squares = memory.activation(inputs[0].shape());
        squares.assign(inputs[0]).muli(inputs[0]);
        lengths = memory.activation(inputs[0].size(0), 1);
        lengths.assign(squares.sum(true, 1));
        Transforms.sqrt(lengths, false);
        Transforms.max(lengths, SMALLEST, false);
        output = memory.activation(inputs[0].shape());
        output.assign(inputs[0]).diviColumnVector(lengths);
        return output;
      }

      /** What of the gradient is not along the vector, divided by its length. */
      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        if (!context.inputGradientNeeded()) {
          return new INDArray[] {null};
        }
        INDArray inputGradient = memory.gradient(outputGradient.shape());
        inputGradient.assign(outputGradient).muli(output);
        INDArray along = inputGradient.sum(true, 1);
        inputGradient.assign(output).muliColumnVector(along).rsubi(outputGradient);
        inputGradient.diviColumnVector(lengths);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
