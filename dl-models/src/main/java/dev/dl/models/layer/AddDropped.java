package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DropoutMask;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A shortcut plus a branch to which dropout is applied, in one pass: the join of a residual block
 * of a transformer.
 *
 * @param rate of the dropout
 */
public record AddDropped(double rate) implements Layer {

  public AddDropped {
    DropoutMask.requireRate(rate);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return new Add(Activation.NONE).outputShape(inputs);
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
        mask = context.dropout(rate, training);
        INDArray output = memory.activationOver(inputs[0], training);
        context.kernels().addDropped(inputs[0], inputs[1], mask, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray shortcut = memory.gradientFrom(outputGradient);
        INDArray branch = memory.gradient(outputGradient.shape());
        context.kernels().dropout(shortcut, mask, branch);
        return new INDArray[] {shortcut, branch};
      }
    };
  }
}
