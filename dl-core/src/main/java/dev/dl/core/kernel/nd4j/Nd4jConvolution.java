package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Convolution by ND4J's {@code conv2d} and {@code conv2d_bp}. */
record Nd4jConvolution(ConvolutionGeometry geometry) implements ConvolutionKernel {
  private static final int EXPLICIT_PADDING = 0;
  private static final int CHANNELS_FIRST = 0;
  private static final int WEIGHTS_OUTPUTS_FIRST = 1;

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    INDArray[] inputs =
        bias == null ? new INDArray[] {input, weights} : new INDArray[] {input, weights, bias};
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(inputs)
            .addOutputs(output)
            .addIntegerArguments(arguments())
            .build());
    output.assign(Nd4jActivations.value(geometry.activation(), output));
  }

  @Override
  public void backward(
      INDArray input,
      INDArray weights,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    outputGradient.muli(Nd4jActivations.derivative(geometry.activation(), output));
    INDArray ignored = inputGradient == null ? input.ulike() : inputGradient;
    boolean bias = biasGradient != null;
    // The op wants the bias among its inputs only to see that there is one.
    INDArray[] inputs =
        bias
            ? new INDArray[] {input, weights, biasGradient, outputGradient}
            : new INDArray[] {input, weights, outputGradient};
    INDArray[] outputs =
        bias
            ? new INDArray[] {ignored, weightGradient, biasGradient}
            : new INDArray[] {ignored, weightGradient};
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d_bp")
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(arguments())
            .build());
  }

  private int[] arguments() {
    Window window = geometry.window();
    return new int[] {
      window.size(),
      window.size(),
      window.stride(),
      window.stride(),
      window.padding(),
      window.padding(),
      window.dilation(),
      window.dilation(),
      EXPLICIT_PADDING,
      CHANNELS_FIRST,
      WEIGHTS_OUTPUTS_FIRST
    };
  }
}
