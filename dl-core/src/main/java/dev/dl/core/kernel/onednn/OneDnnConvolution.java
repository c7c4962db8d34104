package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.ConvolutionRule.Algorithm;
import dev.dl.core.kernel.ConvolutionRule.Pass;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution whose passes each run by the algorithm that the rule names for the batch size. */
final class OneDnnConvolution implements ConvolutionKernel {
  private final ConvolutionGeometry geometry;
  private final ConvolutionRule rule;
  private final Map<Algorithm, ConvolutionKernel> kernels;

  OneDnnConvolution(
      ConvolutionGeometry geometry,
      ConvolutionRule rule,
      Map<Algorithm, ConvolutionKernel> kernels) {
    this.geometry = geometry;
    this.rule = rule;
    this.kernels = kernels;
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
    return kernels.get(rule.algorithm(geometry, pass, batch));
  }
}
