package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained vector for each id of a vocabulary: ids {@code [length]}, stored as numbers, become
 * {@code [length, features]}. Parameter {@code weight [vocabulary, features]}. Ids that are not of
 * the vocabulary are refused with an IllegalArgumentException.
 *
 * @param paddingId the id that stands for no token, whose vector stays zero; {@link #NO_PADDING}
 *     where there is none
 * @param deviation of the initial vectors, normally distributed
 */
public record Embedding(int vocabulary, int features, int paddingId, double deviation)
    implements Layer {
  public static final int NO_PADDING = -1;

  public Embedding {
    if (vocabulary < 1 || features < 1 || paddingId < NO_PADDING || paddingId >= vocabulary) {
      throw new IllegalArgumentException(
          "embedding of %d ids as %d features, padding %d"
              .formatted(vocabulary, features, paddingId));
    }
  }

  /** Without padding, and with PyTorch's initial deviation of 1. */
  public static Embedding of(int vocabulary, int features) {
    return new Embedding(vocabulary, features, NO_PADDING, 1);
  }

  public Embedding withPadding(int id) {
    return new Embedding(vocabulary, features, id, deviation);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(inputs.get(0).ids(), features);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    Initializer normal = new Initializer.Normal(deviation);
    long padding = (long) paddingId * features;
    return List.of(
        Parameter.weight(
            paddingId == NO_PADDING
                ? normal
                : new Initializer.ZeroWithin(normal, padding, padding + features),
            vocabulary,
            features));
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray ids;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        ids = inputs[0];
        INDArray output = memory.activation(ids.size(0), ids.size(1), features);
        context.kernels().embed(context.parameter("weight"), ids, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        context.kernels().embedGradient(ids, outputGradient, paddingId, context.gradient("weight"));
        return new INDArray[] {null};
      }
    };
  }
}
