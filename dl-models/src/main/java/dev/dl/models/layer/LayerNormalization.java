package dev.dl.models.layer;

import java.util.List;

/**
 * Layer normalization of each vector (Ba et al. 2016, https://arxiv.org/abs/1607.06450). Parameters
 * {@code weight} and {@code bias}, both {@code [features]}.
 *
 * @param epsilon added to the variance
 */
public record LayerNormalization(double epsilon) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0).withFeatures(inputs.get(0).features());
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int features = inputs.get(0).features();
    return List.of(
        Parameter.vector("weight", new Initializer.Constant(1), features),
        Parameter.vector("bias", new Initializer.Constant(0), features));
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    int features = context.inputs().get(0).features();
    return new RowNormalizing(
        context, context.kernels().layerNormalization(features, epsilon), true);
  }
}
