package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A sequence {@code [length, features]} as the sum of its vectors, weighted by the softmax of their
 * scores (Lin et al. 2017, https://arxiv.org/abs/1703.03130): joined with scores {@code [length,
 * 1]}, and with a mask {@code [length]} where not all vectors count. The sum of none is zero.
 */
public record AttentionPooling() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    int length = inputs.get(0).length();
    if (inputs.size() < 2
        || inputs.size() > 3
        || !inputs.get(1).equals(Shape.of(length, 1))
        || (inputs.size() == 3 && !inputs.get(2).equals(Shape.of(length)))) {
      throw new IllegalArgumentException(
          "got inputs %s, expected a sequence, a score of each vector and a mask of its length"
              .formatted(inputs));
    }
    return Shape.of(inputs.get(0).features());
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    return inputs.get(0).size();
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray[] inputs;

      private INDArray mask() {
        return inputs.length > 2 ? inputs[2] : null;
      }

      @Override
      public INDArray forward(INDArray[] inputArrays, boolean training, Memory memory) {
        inputs = inputArrays;
        INDArray output = memory.activation(inputs[0].size(0), inputs[0].size(2));
        context.kernels().poolByAttention(inputs[0], inputs[1], mask(), output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray[] gradients = new INDArray[inputs.length];
        gradients[0] = memory.gradient(inputs[0].shape());
        gradients[1] = memory.gradient(inputs[1].shape());
        context
            .kernels()
            .poolByAttentionGradient(
                inputs[0], inputs[1], mask(), outputGradient, gradients[0], gradients[1]);
        return gradients;
      }
    };
  }
}
