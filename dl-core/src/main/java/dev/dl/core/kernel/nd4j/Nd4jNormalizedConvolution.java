package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.NormalizationKernel.Running;
import dev.dl.core.kernel.NormalizedConvolutionKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The folding as its formulas are written.
 *
 * @param convolution with bias and activation
 * @param epsilon added to the variance
 */
record Nd4jNormalizedConvolution(ConvolutionKernel convolution, double epsilon)
    implements NormalizedConvolutionKernel {

  @Override
  public void forward(
      INDArray input,
      INDArray weights,
      INDArray bias,
      Affine affine,
      Running running,
      INDArray output) {
    INDArray slope = affine.scale().div(Transforms.sqrt(running.variance().add(epsilon), false));
    INDArray center = bias == null ? running.mean() : running.mean().sub(bias);
    convolution.forward(
        input,
        weights.mul(slope.reshape(slope.length(), 1, 1, 1)),
        affine.shift().sub(center.mul(slope)),
        output);
  }
}
