package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of two branches of one shape, with an activation after it: the join of a residual block.
 */
public record Add(Activation activation) implements Layer {

  public Add {
    activation.fused();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 2 || !inputs.get(0).equals(inputs.get(1))) {
      throw new IllegalArgumentException("got branches " + inputs + ", expected two of one shape");
    }
    return inputs.get(0);
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray output;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        output = memory.activationOver(inputs[0], training);
        context.kernels().add(inputs[0], inputs[1], activation, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray first = memory.gradientFrom(outputGradient);
        // Gradients of a layer that feeds several others are summed in place, so the branches
        // cannot share one array.
        INDArray second = memory.gradient(output.shape());
        context.kernels().activationGradient(activation, output, first, first);
        second.assign(first);
        return new INDArray[] {first, second};
      }
    };
  }
}
