package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The products of all pairs of vectors of a sequence, element by element, summed: {@code [length,
 * features]} to {@code [features]} (bi-interaction pooling, He and Chua 2017,
 * https://arxiv.org/abs/1708.05027). Half of the square of the sum less the sum of the squares,
 * which takes one pass over the vectors however many pairs there are.
 */
public record PairProducts() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    inputs.get(0).length();
    return Shape.of(inputs.get(0).features());
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray input;
      private INDArray sums;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        input = inputs[0];
        long[] shape = input.shape();
        INDArray squares = memory.activation(shape);
        squares.assign(input).muli(input);
        sums = memory.activation(shape[0], shape[2]);
        context.kernels().averageOverSequence(input, null, sums);
        sums.muli(shape[1]);
        INDArray ofSquares = memory.activation(shape[0], shape[2]);
        context.kernels().averageOverSequence(squares, null, ofSquares);
        INDArray output = memory.activation(shape[0], shape[2]);
        output.assign(sums).muli(sums).subi(ofSquares.muli(shape[1])).muli(0.5);
        return output;
      }

      /** Each vector's gradient is the output's times the sum of the others. */
      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray others = memory.gradient(input.shape());
        INDArray inputGradient = memory.gradient(input.shape());
        long length = input.size(1);
        context.kernels().averageOverSequenceGradient(null, sums, others);
        others.muli(length).subi(input);
        context.kernels().averageOverSequenceGradient(null, outputGradient, inputGradient);
        inputGradient.muli(length).muli(others);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
