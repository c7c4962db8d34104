package dev.dl.models.layer;

import dev.dl.core.kernel.DropoutMask;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Inverted dropout (Srivastava et al. 2014): in training, each value is zero with probability
 * {@code rate}, else divided by {@code 1 - rate}; outside of it, nothing changes.
 */
public record Dropout(double rate) implements Layer {

  public Dropout {
    DropoutMask.requireRate(rate);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private DropoutMask mask;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        if (!training) {
          return inputs[0];
        }
        mask = context.dropout(rate, true);
        INDArray output = memory.activation(inputs[0].shape());
        context.kernels().dropout(inputs[0], mask, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray gradient = memory.gradientFrom(outputGradient);
        context.kernels().dropout(gradient, mask, gradient);
        return new INDArray[] {gradient};
      }
    };
  }
}
