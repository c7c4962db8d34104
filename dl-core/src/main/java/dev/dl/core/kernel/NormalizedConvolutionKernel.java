package dev.dl.core.kernel;

import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.NormalizationKernel.Running;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution and the batch normalization after it by running statistics, as one convolution: its
 * weights are {@code w · scale / √(variance + ε)}, its bias {@code shift − (mean − b) · scale /
 * √(variance + ε)}.
 */
public interface NormalizedConvolutionKernel {

  /**
   * Convolution, normalization and the activation of the normalization. It hides no NaN that the
   * two apart would show.
   *
   * @param weights of the convolution, as its {@code bias}, {@code null} if it has none; unchanged
   */
  void forward(
      INDArray input,
      INDArray weights,
      INDArray bias,
      Affine affine,
      Running running,
      INDArray output);
}
