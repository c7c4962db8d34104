package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An activation where it is not part of another layer. */
public record Activate(Activation activation) implements Layer {

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
      private INDArray values;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activationOver(inputs[0], training);
        context.kernels().activate(activation, inputs[0], output);
        values = activation.gradientFollowsFromOutput() ? output : inputs[0];
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray gradient = memory.gradientFrom(outputGradient);
        context.kernels().activationGradient(activation, values, gradient, gradient);
        return new INDArray[] {gradient};
      }
    };
  }
}
