package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.Layout;
import dev.dl.core.kernel.TransposedConvolutionKernel;
import dev.dl.core.kernel.Window;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The transpose of a two-dimensional convolution, which makes images larger (Zeiler et al. 2010).
 * Parameters: {@code weight [inputs, outputs / groups, size, size]} and, if asked for, {@code bias
 * [outputs]}.
 *
 * @param outputs output channels
 * @param window of the convolution that is transposed: its stride is how many times larger images
 *     become
 * @param outputPadding rows and columns added at the end of the output, fewer than the stride
 * @param groups into which input and output channels are divided
 */
public record TransposedConvolution(
    int outputs, Window window, int outputPadding, int groups, boolean bias) implements Layer {

  public TransposedConvolution {
    if (outputPadding < 0 || outputPadding >= Math.min(window.rowStride(), window.columnStride())) {
      throw new IllegalArgumentException(
          "output padding: got " + outputPadding + ", expected less than the stride");
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(geometry(inputs).input());
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    long fanIn = (long) outputs / groups * window.size() * window.size();
    Initializer initializer = Initializer.fanIn(fanIn);
    Parameter weight = Parameter.weight(initializer, geometry(inputs).weightShape());
    return bias ? List.of(weight, Parameter.vector("bias", initializer, outputs)) : List.of(weight);
  }

  /** The convolution from our output to our input. */
  private ConvolutionGeometry geometry(List<Shape> inputs) {
    ImageShape image = inputs.get(0).image();
    ImageShape output =
        new ImageShape(
            outputs,
            size(image.height(), window.rowStride()),
            size(image.width(), window.columnStride()));
    return new ConvolutionGeometry(
        output, image.channels(), window, groups, false, Activation.NONE);
  }

  private int size(int input, int stride) {
    return (input - 1) * stride - 2 * window.padding() + window.extent() + outputPadding;
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    ImageShape image = inputs.get(0).image();
    return (long) image.height() * image.width() * parameters(inputs).get(0).length();
  }

  @Override
  public Operation operation(OperationContext context) {
    ConvolutionGeometry geometry = geometry(context.inputs());
    TransposedConvolutionKernel kernel = context.kernels().transposedConvolution(geometry);
    Layout layout = context.kernels().layout();
    return new Operation() {
      private INDArray input;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        input = inputs[0];
        INDArray output = memory.activation(layout.arrayShape(input.size(0), geometry.input()));
        kernel.forward(input, context.parameter("weight"), output);
        if (bias) {
          INDArray values = context.parameter("bias");
          context.kernels().addToChannels(geometry.input(), output, values, output);
        }
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient =
            context.inputGradientNeeded() ? memory.gradient(input.shape()) : null;
        kernel.backward(
            input,
            context.parameter("weight"),
            outputGradient,
            inputGradient,
            context.gradient("weight"));
        if (bias && !context.frozen()) {
          INDArray gradient = context.gradient("bias");
          context.kernels().addToChannelsGradient(geometry.input(), outputGradient, gradient);
        }
        return new INDArray[] {inputGradient};
      }
    };
  }
}
