package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The rectifier {@code max(x, 0)}, where it is not part of another layer. */
public record Relu() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray output;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        output = memory.activation(inputs[0].shape());
        context.kernels().relu(inputs[0], output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(output.shape());
        context.kernels().reluGradient(output, outputGradient, inputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
