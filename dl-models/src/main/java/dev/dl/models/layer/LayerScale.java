package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Each feature of a vector, or of each vector of a sequence, times a trained factor of its own
 * (Touvron et al. 2021, https://arxiv.org/abs/2103.17239). The parameter, {@code [features]}, has
 * the name of the layer.
 *
 * @param initial value of all factors, small so that a block begins as little more than its
 *     shortcut
 */
public record LayerScale(double initial) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0).withFeatures(inputs.get(0).features());
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    return List.of(
        Parameter.vector(
            Parameter.NAMELESS, new Initializer.Constant(initial), inputs.get(0).features()));
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray input;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        input = inputs[0];
        INDArray output = memory.activationOver(input, training);
        context.kernels().scaleFeatures(input, factors(), output);
        return output;
      }

      private INDArray factors() {
        return context.parameter(Parameter.NAMELESS);
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray factorGradient = context.gradient(Parameter.NAMELESS);
        if (factorGradient != null) {
          context.kernels().scaleFeaturesGradient(input, outputGradient, factorGradient);
        }
        INDArray gradient = memory.gradientFrom(outputGradient);
        context.kernels().scaleFeatures(gradient, factors(), gradient);
        return new INDArray[] {gradient};
      }
    };
  }
}
