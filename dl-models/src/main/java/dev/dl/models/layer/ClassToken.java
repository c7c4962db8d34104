package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained vector before the first of a sequence: {@code [length, features]} to {@code [1 +
 * length, features]}. The parameter, {@code [1, 1, features]}, has the name of the layer.
 */
public record ClassToken() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(1 + inputs.get(0).length(), inputs.get(0).features());
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int features = inputs.get(0).features();
    return List.of(Parameter.nameless(Initializer.transformer(), 1, 1, features));
  }

  @Override
  public Operation operation(OperationContext context) {
    Shape input = context.inputs().get(0);
    Shape output = outputShape(context.inputs());
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        long batch = inputs[0].size(0);
        INDArray tokens = memory.activation(batch, input.features());
        tokens.assign(0);
        context.kernels().addRows(tokens, context.parameter(Parameter.NAMELESS), tokens);
        INDArray longer = memory.activation(output.arrayShape(batch));
        context
            .kernels()
            .join(
                new INDArray[] {tokens, inputs[0].reshape(batch, input.size())},
                longer.reshape(batch, output.size()));
        return longer;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        long batch = outputGradient.size(0);
        INDArray tokens = memory.gradient(batch, input.features());
        INDArray inputGradient = memory.gradient(input.arrayShape(batch));
        context
            .kernels()
            .split(
                outputGradient.reshape(batch, output.size()),
                new INDArray[] {tokens, inputGradient.reshape(batch, input.size())});
        INDArray tokenGradient = context.gradient(Parameter.NAMELESS);
        if (tokenGradient != null) {
          context.kernels().addRowsGradient(tokens, tokenGradient);
        }
        return new INDArray[] {inputGradient};
      }
    };
  }
}
