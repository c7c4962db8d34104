package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An affine map of a vector, or of each vector of a sequence, with an activation after it.
 * Parameters: {@code weight [outputs, inputs]} and, if asked for, {@code bias [outputs]}.
 *
 * @param start the weights before training
 */
public record Dense(int outputs, boolean bias, Activation activation, Start start)
    implements Layer {

  /** What weights and biases are before training. */
  public enum Start {
    /** PyTorch's default. */
    USUAL,
    /** {@link Initializer#transformer}, and biases of zero. */
    TRANSFORMER,
    /** Ones, and biases of zero: each output is the sum of the inputs. */
    SUM;

    private Initializer weights(int features) {
      return switch (this) {
        case USUAL -> Initializer.fanIn(features);
        case TRANSFORMER -> Initializer.transformer();
        case SUM -> new Initializer.Constant(1);
      };
    }

    private Initializer biases(int features) {
      return this == USUAL ? Initializer.fanIn(features) : new Initializer.Constant(0);
    }
  }

  /** With a bias. */
  public Dense(int outputs, Activation activation) {
    this(outputs, true, activation, Start.USUAL);
  }

  /** Without an activation. */
  public static Dense linear(int outputs) {
    return new Dense(outputs, Activation.NONE);
  }

  /** Without an activation, as part of a transformer. */
  public static Dense transformer(int outputs) {
    return new Dense(outputs, true, Activation.NONE, Start.TRANSFORMER);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0).withFeatures(outputs);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int features = inputs.get(0).features();
    Parameter weight = Parameter.weight(start.weights(features), outputs, features);
    return bias
        ? List.of(weight, Parameter.vector("bias", start.biases(features), outputs))
        : List.of(weight);
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    return (long) inputs.get(0).size() * outputs;
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Running(context, this);
  }

  private static final class Running implements Operation {
    private final OperationContext context;
    private final int outputs;
    private final boolean bias;
    private final DenseKernel dense;
    private INDArray input;
    private INDArray output;

    Running(OperationContext context, Dense layer) {
      this.context = context;
      bias = layer.bias;
      outputs = layer.outputs;
      int features = context.inputs().get(0).features();
      dense = context.kernels().dense(features, outputs, layer.activation);
    }

    @Override
    public INDArray forward(INDArray[] inputArrays, boolean training, Memory memory) {
      input = inputArrays[0];
      long[] shape = input.shape().clone();
      shape[shape.length - 1] = outputs;
      output = memory.activation(shape);
      dense.forward(input, weight(), bias ? context.parameter("bias") : null, output);
      return output;
    }

    private INDArray weight() {
      return matrix(context.parameter("weight"));
    }

    /** However the layer shapes it. */
    private static INDArray matrix(INDArray weight) {
      return weight == null || weight.rank() == 2
          ? weight
          : weight.reshape('c', weight.size(0), weight.size(1));
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      INDArray inputGradient =
          context.inputGradientNeeded() ? memory.gradient(input.shape()) : null;
      dense.backward(
          input,
          weight(),
          output,
          outputGradient,
          inputGradient,
          matrix(context.gradient("weight")),
          bias ? context.gradient("bias") : null);
      return new INDArray[] {inputGradient};
    }
  }
}
