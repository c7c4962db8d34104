package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.NormalizationGeometry;
import dev.dl.core.kernel.NormalizationKernel;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.NormalizationKernel.Running;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalization of images over batch, height and width, or of vectors over the batch (Ioffe
 * and Szegedy 2015, https://arxiv.org/abs/1502.03167), with an activation after it. Parameters
 * {@code weight} and {@code bias}, buffers {@code running_mean} and {@code running_var}, all {@code
 * [channels]}; the running variance is unbiased, as PyTorch's.
 *
 * <p>A frozen layer normalizes by its running statistics in training, too, and leaves them as they
 * are.
 *
 * @param activation one whose gradient follows from its output
 * @param epsilon added to the variance
 * @param momentum weight of a batch in the running statistics
 */
public record BatchNormalization(Activation activation, double epsilon, double momentum)
    implements Layer {

  /** PyTorch's default: an epsilon of 1e-5, a momentum of 0.1. */
  public BatchNormalization(Activation activation) {
    this(activation, 1e-5, 0.1);
  }

  /** The same with another activation. */
  public BatchNormalization before(Activation other) {
    return new BatchNormalization(other, epsilon, momentum);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    image(inputs.get(0));
    return inputs.get(0);
  }

  /** A vector is an image of one pixel. */
  private static ImageShape image(Shape shape) {
    return shape.sizes().size() == 1 ? new ImageShape(shape.features(), 1, 1) : shape.image();
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int channels = image(inputs.get(0)).channels();
    return List.of(
        Parameter.vector("weight", new Initializer.Constant(1), channels),
        Parameter.vector("bias", new Initializer.Constant(0), channels));
  }

  @Override
  public List<Parameter> buffers(List<Shape> inputs) {
    int channels = image(inputs.get(0)).channels();
    return List.of(
        Parameter.vector("running_mean", new Initializer.Constant(0), channels),
        Parameter.vector("running_var", new Initializer.Constant(1), channels));
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Normalizing(context, geometry(image(context.inputs().get(0))));
  }

  NormalizationGeometry geometry(ImageShape image) {
    return new NormalizationGeometry(image, epsilon, momentum, activation);
  }

  /** The parameters of the normalization in one place. */
  static Affine affine(OperationContext context) {
    return new Affine(context.parameter("weight"), context.parameter("bias"));
  }

  /** The buffers of the normalization in one place. */
  static Running running(OperationContext context) {
    return new Running(context.buffer("running_mean"), context.buffer("running_var"));
  }

  private static final class Normalizing implements Operation {
    private final OperationContext context;
    private final NormalizationKernel normalization;
    private final NormalizationGeometry geometry;
    private INDArray input;
    private INDArray output;

    Normalizing(OperationContext context, NormalizationGeometry geometry) {
      this.context = context;
      this.geometry = geometry;
      normalization = context.kernels().batchNormalization(geometry);
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
      INDArray result = memory.activationOver(inputs[0], training);
      input = pixels(inputs[0]);
      output = pixels(result);
      if (training && !context.frozen()) {
        normalization.forwardTraining(input, affine(context), running(context), output);
      } else {
        normalization.forwardInference(input, affine(context), running(context), output);
      }
      return result;
    }

    /** As an array of images. */
    private INDArray pixels(INDArray array) {
      return array.rank() == 2
          ? array.reshape(context.kernels().layout().arrayShape(array.size(0), geometry.image()))
          : array;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      INDArray result = memory.gradientFrom(outputGradient);
      INDArray gradient = pixels(result);
      if (context.frozen()) {
        scaleBack(gradient, memory);
        return new INDArray[] {result};
      }
      Affine gradients = new Affine(context.gradient("weight"), context.gradient("bias"));
      normalization.backward(input, affine(context), output, gradient, gradient, gradients);
      return new INDArray[] {result};
    }

    /** With fixed statistics the layer is a factor for each channel, and so is its gradient. */
    private void scaleBack(INDArray gradient, Memory memory) {
      INDArray affine = context.parameter("weight");
      INDArray factors = memory.gradient(input.size(0), affine.length()).assign(geometry.epsilon());
      Transforms.sqrt(factors.addiRowVector(context.buffer("running_var")), false);
      factors.rdivi(1).muliRowVector(affine);
      Kernels kernels = context.kernels();
      kernels.activationGradient(geometry.activation(), output, gradient, gradient);
      kernels.scaleChannels(geometry.image(), gradient, factors, gradient);
    }
  }
}
