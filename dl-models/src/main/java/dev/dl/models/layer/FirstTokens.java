package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The first vectors of a sequence, {@code [length, features]} to {@code [count, features]}: behind
 * convolutions, those whose windows end before the sequence does.
 */
public record FirstTokens(int count) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (count < 1 || count > input.length()) {
      throw new IllegalArgumentException(
          "got the shape %s, expected a sequence of which to take %d vectors"
              .formatted(input, count));
    }
    return Shape.of(count, input.features());
  }

  @Override
  public Operation operation(OperationContext context) {
    INDArrayIndex[] first = {
      NDArrayIndex.all(), NDArrayIndex.interval(0, count), NDArrayIndex.all()
    };
    return new Operation() {
      private long[] shape;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        shape = inputs[0].shape();
        return memory.activation(shape[0], count, shape[2]).assign(inputs[0].get(first));
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(shape).assign(0);
        inputGradient.get(first).assign(outputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
