package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An affine map of a vector, or of each vector of a sequence, with an activation after it.
 * Parameters: {@code weight [outputs, inputs]}, {@code bias [outputs]}.
 */
public record Dense(int outputs, Activation activation) implements Layer {

  /** Without an activation. */
  public static Dense linear(int outputs) {
    return new Dense(outputs, Activation.NONE);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0).withFeatures(outputs);
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
  public long multiplyAdds(List<Shape> inputs) {
    return (long) inputs.get(0).size() * outputs;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Running(context, this);
  }

  private static final class Running implements Operation {
    private final OperationContext context;
    private final Shape inputShape;
    private final Shape outputShape;
    private final DenseKernel dense;
    private INDArray input;
    private INDArray output;

    Running(OperationContext context, Dense layer) {
      this.context = context;
      inputShape = context.inputs().get(0);
      outputShape = inputShape.withFeatures(layer.outputs);
      dense = context.kernels().dense(inputShape.features(), layer.outputs, layer.activation);
    }

    @Override
    public INDArray forward(INDArray[] inputArrays, boolean training, Memory memory) {
      input = inputArrays[0];
      output = memory.activation(outputShape.arrayShape(input.size(0)));
      dense.forward(input, context.parameter("weight"), context.parameter("bias"), output);
      return output;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      INDArray inputGradient =
          context.inputGradientNeeded()
              ? memory.gradient(inputShape.arrayShape(input.size(0)))
              : null;
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
