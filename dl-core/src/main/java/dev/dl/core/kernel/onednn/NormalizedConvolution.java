package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.NormalizationKernel;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.NormalizationKernel.Running;
import dev.dl.core.kernel.NormalizedConvolutionKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution with the normalization folded in, or, where a batch has fewer output pixels than an
 * output channel has weights, with the normalization after it, which then reads less than folding.
 */
record NormalizedConvolution(
    ConvolutionGeometry geometry,
    NormalizedConvolutionKernel folded,
    ConvolutionKernel convolution,
    NormalizationKernel normalization)
    implements NormalizedConvolutionKernel {

  @Override
  public void forward(
      INDArray input,
      INDArray weights,
      INDArray bias,
      Affine affine,
      Running running,
      INDArray output) {
    if (foldingPays(input.size(0))) {
      folded.forward(input, weights, bias, affine, running, output);
    } else {
      convolution.forward(input, weights, bias, output);
      normalization.forwardInference(output, affine, running, output);
    }
  }

  private boolean foldingPays(long batch) {
    long pixels = (long) geometry.output().height() * geometry.output().width();
    return batch * pixels >= geometry.weightsPerOutput();
  }
}
