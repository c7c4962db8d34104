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
  private final Elementwise elementwise;
  private final ConvolutionAlgorithm direct;
  private final ConvolutionAlgorithm winograd;

  OneDnnConvolution(
      ConvolutionGeometry geometry,
      ConvolutionRule rule,
      Elementwise elementwise,
      ConvolutionAlgorithm direct,
      ConvolutionAlgorithm winograd) {
    this.geometry = geometry;
    this.rule = rule;
    this.elementwise = elementwise;
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
    long batch = input.size(0);
    if (geometry.relu()) {
      elementwise.reluGradient(output, outputGradient, outputGradient);
    }
    if (inputGradient != null) {
      algorithm(Pass.DATA, batch).backwardData(weights, outputGradient, inputGradient);
    }
    algorithm(Pass.WEIGHTS, batch)
        .backwardWeights(input, outputGradient, weightGradient, biasGradient);
  }

  private ConvolutionAlgorithm algorithm(Pass pass, long batch) {
    return switch (rule.algorithm(geometry, pass, batch)) {
      case DIRECT -> direct;
      case WINOGRAD -> winograd;
    };
  }
}
