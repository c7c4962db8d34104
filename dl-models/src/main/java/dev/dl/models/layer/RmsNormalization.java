package dev.dl.models.layer;

import java.util.List;

/**
 * Normalization of each vector by its root mean square (Zhang and Sennrich 2019,
 * https://arxiv.org/abs/1910.07467). Parameter {@code weight [features]}.
 *
 * @param epsilon added to the mean square
 */
public record RmsNormalization(double epsilon) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0).withFeatures(inputs.get(0).features());
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int features = inputs.get(0).features();
    return List.of(Parameter.vector("weight", new Initializer.Constant(1), features));
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    int features = context.inputs().get(0).features();
    return new RowNormalizing(
        context, context.kernels().rmsNormalization(features, epsilon), false);
  }
}
