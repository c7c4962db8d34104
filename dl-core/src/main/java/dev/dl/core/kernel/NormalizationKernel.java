package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization of images over batch, height and width, with an activation after it (Ioffe
 * and Szegedy 2015, https://arxiv.org/abs/1502.03167). Scale, shift and statistics are {@code
 * [channels]}. A backward pass belongs to the latest training forward pass.
 */
public interface NormalizationKernel {

  /**
   * Normalizes by the statistics of the batch and writes them: the mean and the biased variance.
   */
  void forwardTraining(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      INDArray output);

  /** Normalizes by given statistics. */
  void forwardInference(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      INDArray output);

  /**
   * The gradients of a training forward pass.
   *
   * @param mean of the batch, as is {@code variance}
   * @param output of the forward pass
   * @param outputGradient may be changed in place
   */
  void backward(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray scaleGradient,
      INDArray shiftGradient);
}
