package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.DenseKernel;
import dev.dl.core.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A 1x1 convolution of channels-last images: an affine map of each pixel. */
record PointwiseConvolution(DenseKernel pixels) implements ConvolutionKernel {

  static boolean fits(ConvolutionGeometry geometry) {
    return geometry.window().equals(Window.of(1, 1, 0)) && geometry.groups() == 1;
  }

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    pixels.forward(input, weights, bias, output);
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
    pixels.backward(
        input, weights, output, outputGradient, inputGradient, weightGradient, biasGradient);
  }
}
