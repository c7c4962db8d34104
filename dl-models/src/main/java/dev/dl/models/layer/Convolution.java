package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Layout;
import dev.dl.core.kernel.NormalizedConvolutionKernel;
import dev.dl.core.kernel.Window;
import dev.dl.models.layer.OperationContext.Folded;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A two-dimensional convolution, with an activation after it. Parameters: {@code weight [outputs,
 * inputs / groups, size, size]} and, if asked for, {@code bias [outputs]}.
 *
 * @param outputs output channels
 * @param groups into which input and output channels are divided
 * @param heInitialization normal by the fan out, as residual networks start, rather than PyTorch's
 *     default
 */
public record Convolution(
    int outputs,
    Window window,
    int groups,
    boolean bias,
    Activation activation,
    boolean heInitialization)
    implements Layer {

  /** Keeps height and width, has a bias, and ReLU after it. */
  public static Convolution same(int outputs, int kernel) {
    return new Convolution(outputs, Window.centred(kernel, 1), 1, true, Activation.RELU, false);
  }

  /** Without a bias, to be followed by a normalization. */
  public static Convolution beforeNormalization(int outputs, int kernel, int stride) {
    return new Convolution(
        outputs, Window.centred(kernel, stride), 1, false, Activation.NONE, true);
  }

  /** Each channel alone, without a bias, to be followed by a normalization. */
  public static Convolution depthwise(int channels, int kernel, int stride) {
    return new Convolution(
        channels, Window.centred(kernel, stride), channels, false, Activation.NONE, true);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(geometry(inputs).output());
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    long area = (long) window.size() * window.size();
    long fanIn = inputs.get(0).image().channels() / groups * area;
    long fanOut = outputs / groups * area;
    Parameter weight =
        Parameter.weight(
            heInitialization ? Initializer.he(fanOut) : Initializer.fanIn(fanIn),
            geometry(inputs).weightShape());
    return bias
        ? List.of(weight, Parameter.vector("bias", Initializer.fanIn(fanIn), outputs))
        : List.of(weight);
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    ImageShape output = geometry(inputs).output();
    long pixels = (long) output.height() * output.width();
    return pixels * parameters(inputs).get(0).length();
  }

  @Override
  public boolean folds(Layer reader) {
    return activation == Activation.NONE && reader instanceof BatchNormalization;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Running(context, geometry(context.inputs()));
  }

  private ConvolutionGeometry geometry(List<Shape> inputs) {
    return new ConvolutionGeometry(
        inputs.get(0).image(), outputs, window, groups, bias, activation);
  }

  private static final class Running implements Operation {
    private final OperationContext context;
    private final ConvolutionGeometry geometry;
    private final ConvolutionKernel convolution;
    private final Optional<Normalized> normalized;
    private INDArray input;
    private INDArray output;

    Running(OperationContext context, ConvolutionGeometry geometry) {
      this.context = context;
      this.geometry = geometry;
      this.convolution = context.kernels().convolution(geometry);
      this.normalized =
          context.folded().map(reader -> Normalized.of(context.kernels(), geometry, reader));
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
      input = inputs[0];
      output = memory.activation(arrayShape(input.size(0), geometry.output()));
      INDArray weight = context.parameter("weight");
      INDArray bias = geometry.bias() ? context.parameter("bias") : null;
      if (training || normalized.isEmpty()) {
        convolution.forward(input, weight, bias, output);
      } else {
        normalized.get().forward(input, weight, bias, output);
      }
      return output;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      INDArray inputGradient =
          context.inputGradientNeeded()
              ? memory.gradient(arrayShape(input.size(0), geometry.input()))
              : null;
      convolution.backward(
          input,
          context.parameter("weight"),
          output,
          outputGradient,
          inputGradient,
          context.gradient("weight"),
          geometry.bias() ? context.gradient("bias") : null);
      return new INDArray[] {inputGradient};
    }

    private long[] arrayShape(long batch, ImageShape image) {
      Layout layout = context.kernels().layout();
      return layout.arrayShape(batch, image);
    }
  }

  /** The convolution with the normalization that reads it. */
  private record Normalized(NormalizedConvolutionKernel kernel, OperationContext normalization) {

    static Normalized of(Kernels kernels, ConvolutionGeometry geometry, Folded reader) {
      BatchNormalization layer = (BatchNormalization) reader.layer();
      return new Normalized(
          kernels.normalizedConvolution(geometry, layer.geometry(geometry.output())),
          reader.context());
    }

    void forward(INDArray input, INDArray weight, INDArray bias, INDArray output) {
      kernel.forward(
          input,
          weight,
          bias,
          BatchNormalization.affine(normalization),
          BatchNormalization.running(normalization),
          output);
    }
  }
}
