package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseKernel;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The queries, keys and values of self-attention: three affine maps, computed as one product
 * because their weights lie next to each other. Parameters {@code query.weight}, {@code
 * key.weight}, {@code value.weight [features, features]}, then their biases {@code [features]};
 * output {@code [length, 3 · features]}. Weights begin as {@link Initializer#transformer} says,
 * biases at zero.
 *
 * @param parts what queries, keys and values are called
 */
public record QueryKeyValue(List<String> parts) implements Layer {

  public QueryKeyValue {
    parts = List.copyOf(parts);
  }

  /** Named as BERT's. */
  public QueryKeyValue() {
    this(List.of("query", "key", "value"));
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0).withFeatures(3 * inputs.get(0).features());
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int features = inputs.get(0).features();
    Parameter weight = Parameter.weight(Initializer.transformer(), features, features);
    Parameter bias = Parameter.vector("bias", new Initializer.Constant(0), features);
    return Stream.of(weight, bias)
        .flatMap(kind -> parts.stream().map(part -> kind.named(part + "." + kind.name())))
        .toList();
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    return 3L * inputs.get(0).size() * inputs.get(0).features();
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Running(context, parts.get(0));
  }

  private static final class Running implements Operation {
    private final OperationContext context;
    private final String weight;
    private final String bias;
    private final int features;
    private final DenseKernel dense;
    private INDArray input;
    private INDArray output;

    Running(OperationContext context, String first) {
      this.context = context;
      weight = first + ".weight";
      bias = first + ".bias";
      features = context.inputs().get(0).features();
      dense = context.kernels().dense(features, 3 * features, Activation.NONE);
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
      input = inputs[0];
      output = memory.activation(input.size(0), input.size(1), 3L * features);
      dense.forward(input, weights(), context.parametersFrom(bias, 3L * features), output);
      return output;
    }

    private INDArray weights() {
      return context.parametersFrom(weight, 3L * features, features);
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      INDArray inputGradient =
          context.inputGradientNeeded() ? memory.gradient(input.shape()) : null;
      dense.backward(
          input,
          weights(),
          output,
          outputGradient,
          inputGradient,
          context.gradientsFrom(weight, 3L * features, features),
          context.gradientsFrom(bias, 3L * features));
      return new INDArray[] {inputGradient};
    }
  }
}
