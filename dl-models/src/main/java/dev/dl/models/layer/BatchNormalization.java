package dev.dl.models.layer;

import dev.dl.core.data.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.NormalizationKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization over batch, height and width (Ioffe and Szegedy 2015,
 * https://arxiv.org/abs/1502.03167), with an activation after it. Parameters {@code weight} and
 * {@code bias}, buffers {@code running_mean} and {@code running_var}, all {@code [channels]}; the
 * running variance is unbiased, as PyTorch's.
 *
 * @param activation one whose gradient follows from its output
 */
public record BatchNormalization(Activation activation) implements Layer {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(inputs.get(0).image());
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int channels = inputs.get(0).image().channels();
    return List.of(
        Parameter.vector("weight", new Initializer.Constant(1), channels),
        Parameter.vector("bias", new Initializer.Constant(0), channels));
  }

  @Override
  public List<Parameter> buffers(List<Shape> inputs) {
    int channels = inputs.get(0).image().channels();
    return List.of(
        Parameter.vector("running_mean", new Initializer.Constant(0), channels),
        Parameter.vector("running_var", new Initializer.Constant(1), channels));
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Running(context, activation);
  }

  private static final class Running implements Operation {
    private final OperationContext context;
    private final NormalizationKernel normalization;
    private final INDArray mean;
    private final INDArray variance;
    private INDArray input;
    private INDArray output;

    Running(OperationContext context, Activation activation) {
      this.context = context;
      ImageShape image = context.inputs().get(0).image();
      normalization = context.kernels().batchNormalization(image, EPSILON, activation);
      mean = DenseArrays.allocate(context.kernels().dataType(), image.channels());
      variance = DenseArrays.allocate(context.kernels().dataType(), image.channels());
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
      input = inputs[0];
      output = memory.activation(input.shape());
      INDArray scale = context.parameter("weight");
      INDArray shift = context.parameter("bias");
      INDArray runningMean = context.buffer("running_mean");
      INDArray runningVariance = context.buffer("running_var");
      if (training) {
        normalization.forwardTraining(input, scale, shift, mean, variance, output);
        double count = (double) input.length() / mean.length();
        follow(runningMean, mean, 1);
        follow(runningVariance, variance, count / Math.max(1, count - 1));
      } else {
        normalization.forwardInference(input, scale, shift, runningMean, runningVariance, output);
      }
      return output;
    }

    private static void follow(INDArray running, INDArray batch, double factor) {
      running.muli(1 - MOMENTUM).addi(batch.mul(MOMENTUM * factor));
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      INDArray inputGradient = memory.gradient(input.shape());
      normalization.backward(
          input,
          context.parameter("weight"),
          context.parameter("bias"),
          mean,
          variance,
          output,
          outputGradient,
          inputGradient,
          context.gradient("weight"),
          context.gradient("bias"));
      return new INDArray[] {inputGradient};
    }
  }
}
