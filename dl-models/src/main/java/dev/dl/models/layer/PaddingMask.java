package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mask of a sequence of ids: one at each id, zero where there is padding. For layers that are
 * joined with a mask; no gradient passes.
 *
 * @param paddingId the id that stands for no token
 */
public record PaddingMask(int paddingId) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(inputs.get(0).ids());
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray mask = memory.activation(inputs[0].shape());
        context.kernels().paddingMask(inputs[0], paddingId, mask);
        return mask;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        return new INDArray[] {null};
      }
    };
  }
}
