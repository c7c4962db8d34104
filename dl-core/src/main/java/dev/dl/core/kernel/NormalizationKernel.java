package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization of images over batch, height and width, with an activation after it (Ioffe
 * and Szegedy 2015, https://arxiv.org/abs/1502.03167). A backward pass belongs to the latest
 * training forward pass.
 */
public interface NormalizationKernel {

  /**
   * What follows normalization, {@code scale · x + shift}, or the gradients of it.
   *
   * @param scale {@code [channels]}
   * @param shift {@code [channels]}
   */
  record Affine(INDArray scale, INDArray shift) {}

  /**
   * Averages over batches.
   *
   * @param mean {@code [channels]}
   * @param variance {@code [channels]}, of the population: a batch adds its unbiased estimate
   */
  record Running(INDArray mean, INDArray variance) {}

  /** Normalizes by the statistics of the batch, and moves the running ones towards them. */
  void forwardTraining(INDArray input, Affine affine, Running running, INDArray output);

  /** Normalizes by running statistics; output may be the input. */
  void forwardInference(INDArray input, Affine affine, Running running, INDArray output);

  /**
   * The gradients of a training forward pass.
   *
   * @param output of the forward pass
   * @param outputGradient may be changed in place
   * @param inputGradient may be the array of the output gradient
   * @param gradients written
   */
  void backward(
      INDArray input,
      Affine affine,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      Affine gradients);
}
