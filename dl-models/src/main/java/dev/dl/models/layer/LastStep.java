package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a recurrent layer came to, as a vector: {@code [length, features]} to {@code [features]}.
 * The output at the end of each sequence; of a layer with two directions, the reverse half of it
 * from the beginning, where that direction ends. May be joined with the layer's mask, which says
 * where a sequence ends.
 *
 * @param bidirectional whether the second half of the features is that of the reverse direction
 */
public record LastStep(boolean bidirectional) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape.requireMask(inputs);
    inputs.get(0).length();
    return Shape.of(inputs.get(0).features());
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray[] inputs;

      private INDArray mask() {
        return inputs.length > 1 ? inputs[1] : null;
      }

      @Override
      public INDArray forward(INDArray[] inputArrays, boolean training, Memory memory) {
        inputs = inputArrays;
        INDArray output = memory.activation(inputs[0].size(0), inputs[0].size(2));
        context.kernels().lastStep(inputs[0], mask(), bidirectional, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray[] gradients = new INDArray[inputs.length];
        if (context.inputGradientNeeded()) {
          gradients[0] = memory.gradient(inputs[0].shape());
          context.kernels().lastStepGradient(outputGradient, mask(), bidirectional, gradients[0]);
        }
        return gradients;
      }
    };
  }
}
