package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.GroupNormalizationKernel;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalization of each image's channels in groups, the same in training and outside of it (Wu and
 * He 2018, https://arxiv.org/abs/1803.08494). Parameters {@code weight} and {@code bias}, {@code
 * [channels]}.
 *
 * @param groups into which the channels are divided
 */
public record GroupNormalization(int groups) implements Layer {
  private static final double EPSILON = 1e-5;

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ImageShape image = inputs.get(0).image();
    if (groups < 1 || image.channels() % groups != 0) {
      throw new IllegalArgumentException(
          "got " + image.channels() + " channels, expected a multiple of " + groups);
    }
    return Shape.of(image);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int channels = inputs.get(0).image().channels();
    return List.of(
        Parameter.vector("weight", new Initializer.Constant(1), channels),
        Parameter.vector("bias", new Initializer.Constant(0), channels));
  }

  @Override
  public Operation operation(OperationContext context) {
    ImageShape image = context.inputs().get(0).image();
    GroupNormalizationKernel normalization =
        context.kernels().groupNormalization(image, groups, EPSILON);
    return new Operation() {
      private INDArray input;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        input = inputs[0];
        INDArray output = memory.activation(input.shape());
        normalization.forward(input, affine(), output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(input.shape());
        Affine gradients =
            context.frozen()
                ? null
                : new Affine(context.gradient("weight"), context.gradient("bias"));
        normalization.backward(input, affine(), outputGradient, inputGradient, gradients);
        return new INDArray[] {inputGradient};
      }

      private Affine affine() {
        return new Affine(context.parameter("weight"), context.parameter("bias"));
      }
    };
  }
}
