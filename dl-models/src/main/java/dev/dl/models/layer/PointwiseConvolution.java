package dev.dl.models.layer;

import java.util.List;

/**
 * A 1x1 convolution of the pixels that a sequence holds: {@link Dense} with weights that are shaped
 * as a convolution's. Parameters {@code weight [outputs, inputs, 1, 1]} and {@code bias [outputs]},
 * which begin as {@link Initializer#transformer} says and at zero.
 */
public record PointwiseConvolution(int outputs) implements Layer {

  private Dense dense() {
    return Dense.transformer(outputs);
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
