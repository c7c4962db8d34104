package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import java.util.List;

/**
 * A 1x1 convolution of the pixels that a sequence holds, or of an image of one pixel as a vector:
 * {@link Dense} with weights that are shaped as a convolution's. Parameters {@code weight [outputs,
 * inputs, 1, 1]} and {@code bias [outputs]}.
 *
 * @param transformer as {@link Dense} has it
 */
public record PointwiseConvolution(int outputs, boolean transformer) implements Layer {

  private Dense dense() {
    return new Dense(
        outputs, true, Activation.NONE, transformer ? Dense.Start.TRANSFORMER : Dense.Start.USUAL);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return dense().outputShape(inputs);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    List<Parameter> parameters = dense().parameters(inputs);
    Initializer initializer = parameters.get(0).initializer();
    int features = inputs.get(0).features();
    return List.of(Parameter.weight(initializer, outputs, features, 1, 1), parameters.get(1));
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    return dense().multiplyAdds(inputs);
  }

  @Override
  public Operation operation(OperationContext context) {
    return dense().operation(context);
  }
}
