package dev.dl.core.kernel;

import dev.dl.core.data.ImageShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The tensor kernels of one backend. Arrays are dense and row-major; a kernel writes into the
 * arrays it is given. Kernel objects hold scratch memory for one place in one network and are used
 * by one thread.
 */
public interface Kernels {

  /** What runs: {@code onednn}, {@code nd4j}. */
  String name();

  /** The type of every array. */
  DataType dataType();

  /** The order of images in memory. */
  Layout layout();

  ConvolutionKernel convolution(ConvolutionGeometry geometry);

  /** The transpose of a convolution, which has neither bias nor activation. */
  TransposedConvolutionKernel transposedConvolution(ConvolutionGeometry geometry);

  PoolingKernel pooling(PoolingGeometry geometry);

  NormalizationKernel batchNormalization(NormalizationGeometry geometry);

  /**
   * @param groups into which the channels are divided
   * @param epsilon added to the variance
   */
  GroupNormalizationKernel groupNormalization(ImageShape image, int groups, double epsilon);

  /**
   * @param activation of the outputs, one whose gradient follows from them
   */
  DenseKernel dense(int inputs, int outputs, Activation activation);

  /** The activation of each element; output may be the input. */
  void activate(Activation activation, INDArray input, INDArray output);

  /**
   * The gradient of an activation; the input gradient may be the array of the output gradient.
   *
   * @param values the outputs where {@link Activation#gradientFollowsFromOutput}, else the inputs
   */
  void activationGradient(
      Activation activation, INDArray values, INDArray outputGradient, INDArray inputGradient);

  /** {@code activation(first + second)}. */
  void add(INDArray first, INDArray second, Activation activation, INDArray output);

  /**
   * Each channel of each image times a factor.
   *
   * @param factors {@code [batch, channels]}
   */
  void scaleChannels(ImageShape image, INDArray input, INDArray factors, INDArray output);

  /** The gradients of {@link #scaleChannels}. */
  void scaleChannelsGradient(
      ImageShape image,
      INDArray input,
      INDArray factors,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray factorGradient);

  /** The mean over height and width: image batch to {@code [batch, channels]}. */
  void averageOverPixels(ImageShape image, INDArray input, INDArray output);

  /** The gradient of {@link #averageOverPixels}. */
  void averageOverPixelsGradient(ImageShape image, INDArray outputGradient, INDArray inputGradient);

  /**
   * Every second pixel of each row and column, with channels of zeros appended until there are
   * {@code outputs}.
   */
  void subsample(ImageShape image, int outputs, INDArray input, INDArray output);

  /** The gradient of {@link #subsample}. */
  void subsampleGradient(
      ImageShape image, int outputs, INDArray outputGradient, INDArray inputGradient);

  /**
   * An image batch as {@code [batch, channels · height · width]}, channels first whatever the
   * layout.
   */
  void flatten(ImageShape image, INDArray input, INDArray output);

  /** The inverse of {@link #flatten}. */
  void unflatten(ImageShape image, INDArray input, INDArray output);

  /**
   * Inverted dropout (Srivastava et al. 2014): each value is zero with probability {@code rate},
   * else divided by {@code 1 - rate}. The mask is a function of (seed, stream, position), so the
   * same call on a gradient is the backward pass.
   */
  void dropout(INDArray input, double rate, long seed, long stream, INDArray output);

  /** Ones where an id is not {@code paddingId}, zeros where it is. */
  void paddingMask(INDArray ids, int paddingId, INDArray mask);

  /**
   * Softmax cross-entropy with label smoothing (Szegedy et al. 2016,
   * https://arxiv.org/abs/1512.00567).
   *
   * @param logits {@code [rows, classes]}, or a sequence of them for each sample
   * @param labels {@code [rows]}, class indices; rows with a negative one are left out
   * @param labelSmoothing share of the target that is spread evenly over all classes
   * @param gradient of the shape of the logits, written with the gradient of the sum of the losses
   */
  LossResult softmaxCrossEntropy(
      INDArray logits, INDArray labels, double labelSmoothing, INDArray gradient);
}
