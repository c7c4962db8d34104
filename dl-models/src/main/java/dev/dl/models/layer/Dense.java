package dev.dl.models.layer;

import dev.dl.core.kernel.DenseKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An affine map of vectors, with an optional ReLU after it. Parameters: {@code weight [outputs,
 * inputs]}, {@code bias [outputs]}.
 */
public record Dense(int outputs, boolean relu) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    inputs.get(0).features();
    return Shape.of(outputs);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int features = inputs.get(0).features();
    Initializer initializer = Initializer.fanIn(features);
    return List.of(
        Parameter.weight(initializer, outputs, features),
        Parameter.vector("bias", initializer, outputs));
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Running(context, this);
  }

  private static final class Running implements Operation {
    private final OperationContext context;
    private final int inputs;
    private final int outputs;
    private final DenseKernel dense;
    private INDArray input;
    private INDArray output;

    Running(OperationContext context, Dense layer) {
      this.context = context;
      inputs = context.inputs().get(0).features();
      outputs = layer.outputs;
      dense = context.kernels().dense(inputs, outputs, layer.relu);
    }

    @Override
    public INDArray forward(INDArray[] inputArrays, boolean training, Memory memory) {
      input = inputArrays[0];
      output = memory.activation(input.size(0), outputs);
      dense.forward(input, context.parameter("weight"), context.parameter("bias"), output);
      return output;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      INDArray inputGradient =
          context.inputGradientNeeded() ? memory.gradient(input.size(0), inputs) : null;
      dense.backward(
          input,
          context.parameter("weight"),
          output,
          outputGradient,
          inputGradient,
          context.gradient("weight"),
          context.gradient("bias"));
      return new INDArray[] {inputGradient};
    }
  }
}
