package dev.dl.core.kernel;

import dev.dl.core.kernel.NormalizationKernel.Affine;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalization of each image's channels in groups, over the pixels and channels of the group (Wu
 * and He 2018, https://arxiv.org/abs/1803.08494). A backward pass belongs to the latest forward
 * pass.
 */
public interface GroupNormalizationKernel {

  void forward(INDArray input, Affine affine, INDArray output);

  /**
   * Writes the gradients of a forward pass.
   *
   * @param gradients {@code null} when nobody needs them
   */
  void backward(
      INDArray input,
      Affine affine,
      INDArray outputGradient,
      INDArray inputGradient,
      Affine gradients);
}
