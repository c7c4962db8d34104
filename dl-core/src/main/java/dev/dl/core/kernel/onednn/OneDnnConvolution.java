package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.ConvolutionRule.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution whose passes each run by the algorithm that the rule names for the batch size. */
final class OneDnnConvolution implements ConvolutionKernel {
  private final ConvolutionGeometry geometry;
  private final ConvolutionRule rule;
  private final ConvolutionKernel direct;
  private final ConvolutionKernel winograd;

  OneDnnConvolution(
      ConvolutionGeometry geometry,
      ConvolutionRule rule,
      ConvolutionKernel direct,
      ConvolutionKernel winograd) {
    this.geometry = geometry;
    this.rule = rule;
    this.direct = direct;
    this.winograd = winograd;
  }

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    algorithm(Pass.FORWARD, input.size(0)).forward(input, weights, bias, output);
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
    algorithm(Pass.BACKWARD, input.size(0))
        .backward(
            input, weights, output, outputGradient, inputGradient, weightGradient, biasGradient);
  }

  private ConvolutionKernel algorithm(Pass pass, long batch) {
    return switch (rule.algorithm(geometry, pass, batch)) {
      case DIRECT -> direct;
      case WINOGRAD -> winograd;
    };
  }
}
