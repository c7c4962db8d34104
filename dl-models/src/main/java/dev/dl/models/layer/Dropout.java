package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Inverted dropout (Srivastava et al. 2014): in training, each value is zero with probability
 * {@code rate}, else divided by {@code 1 - rate}; outside of it, nothing changes.
 */
public record Dropout(double rate) implements Layer {

  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "dropout rate: got " + rate + ", expected at least 0 and below 1");
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activation(inputs[0].shape());
        if (training) {
          drop(inputs[0], output);
        } else {
          output.assign(inputs[0]);
        }
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(outputGradient.shape());
        drop(outputGradient, inputGradient);
        return new INDArray[] {inputGradient};
      }

      private void drop(INDArray from, INDArray to) {
        context.kernels().dropout(from, rate, context.seed(), context.stream(), to);
      }
    };
  }
}
