package dev.dl.models.layer;

import java.util.List;

/**
 * Adds a trained vector for each position of a sequence of fixed length, such as the patches of an
 * image. The parameter, {@code [1, length, features]}, has the name of the layer.
 */
public record PatchPositions() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    inputs.get(0).length();
    return inputs.get(0);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    Shape input = inputs.get(0);
    return List.of(
        Parameter.nameless(Initializer.transformer(), 1, input.length(), input.features()));
  }

  @Override
  public Operation operation(OperationContext context) {
    return new AddedRows(context, Parameter.NAMELESS, true);
  }
}
