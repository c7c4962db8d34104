package dev.dl.core.kernel;

import dev.dl.core.data.image.ImageShape;
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

  /** Whether it pays to send the next inputs ahead, to a device with memory of its own. */
  boolean inputsTravel();

  ConvolutionKernel convolution(ConvolutionGeometry geometry);

  /**
   * @param convolution without an activation
   * @param normalization of what it gives
   */
  NormalizedConvolutionKernel normalizedConvolution(
      ConvolutionGeometry convolution, NormalizationGeometry normalization);

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

  RecurrentKernel recurrent(RecurrentGeometry geometry);

  /**
   * Layer normalization (Ba et al. 2016, https://arxiv.org/abs/1607.06450): each vector less its
   * mean, over its standard deviation.
   *
   * @param epsilon added to the variance
   */
  RowNormalizationKernel layerNormalization(int features, double epsilon);

  /**
   * Normalization by the root mean square (Zhang and Sennrich 2019,
   * https://arxiv.org/abs/1910.07467).
   *
   * @param epsilon added to the mean square
   */
  RowNormalizationKernel rmsNormalization(int features, double epsilon);

  /** The kernel of a geometry, which keeps nothing between its calls. */
  AttentionKernel attention(AttentionGeometry geometry);

  /** The activation of each element; output may be the input. */
  void activate(Activation activation, INDArray input, INDArray output);

  /**
   * The gradient of an activation; the input gradient may be the array of the output gradient.
   *
   * @param values the outputs where {@link Activation#gradientFollowsFromOutput}, else the inputs
   */
  void activationGradient(
      Activation activation, INDArray values, INDArray outputGradient, INDArray inputGradient);

  /** {@code activation(first + second)}; the output may be the first. */
  void add(INDArray first, INDArray second, Activation activation, INDArray output);

  /**
   * Each channel of each image times a factor; the output may be the input.
   *
   * @param input images, as an array of whatever shape
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

  /** A number added to each channel, {@code bias [channels]}; the output may be the input. */
  void addToChannels(ImageShape image, INDArray input, INDArray bias, INDArray output);

  /** The gradient of the bias of {@link #addToChannels}: the sum over all pixels of all images. */
  void addToChannelsGradient(ImageShape image, INDArray outputGradient, INDArray biasGradient);

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
   * An image batch as sequences of pixels, row by row: {@code [batch, height · width, channels]},
   * whatever the layout.
   */
  void pixels(ImageShape image, INDArray input, INDArray output);

  /** The inverse of {@link #pixels}. */
  void fromPixels(ImageShape image, INDArray input, INDArray output);

  /** {@code [batch, length, features]} to {@code [batch, features, length]}. */
  void transpose(INDArray input, INDArray output);

  /**
   * Each feature times a factor of its own; the output may be the input.
   *
   * @param input of any shape whose last axis is as long as there are factors
   */
  void scaleFeatures(INDArray input, INDArray factors, INDArray output);

  /** The gradient of the factors of {@link #scaleFeatures}: a sum over all but the last axis. */
  void scaleFeaturesGradient(INDArray input, INDArray outputGradient, INDArray factorGradient);

  /**
   * Rows of a table, one an id.
   *
   * @param table {@code [vocabulary, features]}
   * @param ids {@code [batch, length]}; one that is not of the vocabulary is refused with an
   *     IllegalArgumentException
   * @param output {@code [batch, length, features]}
   */
  void embed(INDArray table, INDArray ids, INDArray output);

  /**
   * The gradient of {@link #embed}, for the whole table.
   *
   * @param paddingId whose row gets no gradient; negative for none
   */
  void embedGradient(INDArray ids, INDArray outputGradient, int paddingId, INDArray tableGradient);

  /**
   * Dropout of each value; the same call on a gradient is the backward pass. The output may be the
   * input.
   */
  void dropout(INDArray input, DropoutMask dropout, INDArray output);

  /**
   * {@code shortcut + dropout(branch)}: the join of a residual block. The output may be the
   * shortcut where nothing is dropped.
   */
  void addDropped(INDArray shortcut, INDArray branch, DropoutMask dropout, INDArray output);

  /**
   * {@code input + rows}, the rows {@code [length, features]} the same for each sample; the output
   * may be the input.
   */
  void addRows(INDArray input, INDArray rows, INDArray output);

  /** The gradient of the rows of {@link #addRows}: the sum over the samples. */
  void addRowsGradient(INDArray outputGradient, INDArray rowsGradient);

  /**
   * The mean of the vectors of each sequence.
   *
   * @param mask {@code [batch, length]}: one for each vector that counts, zero for others; {@code
   *     null} for all. A sequence without any has the mean zero
   */
  void averageOverSequence(INDArray input, INDArray mask, INDArray output);

  /** The gradient of {@link #averageOverSequence}. */
  void averageOverSequenceGradient(INDArray mask, INDArray outputGradient, INDArray inputGradient);

  /**
   * The maximum of each feature over the vectors of each sequence.
   *
   * @param mask as for {@link #averageOverSequence}; a sequence without any vector has the maximum
   *     zero
   */
  void maximumOverSequence(INDArray input, INDArray mask, INDArray output);

  /** The gradient of {@link #maximumOverSequence}, at the first of equal values. */
  void maximumOverSequenceGradient(
      INDArray input, INDArray mask, INDArray outputGradient, INDArray inputGradient);

  /**
   * The sum of the vectors of each sequence, weighted by the softmax of their scores.
   *
   * @param scores {@code [batch, length, 1]}
   * @param mask as for {@link #averageOverSequence}; a sequence without any vector has the sum zero
   */
  void poolByAttention(INDArray input, INDArray scores, INDArray mask, INDArray output);

  /** The gradients of {@link #poolByAttention}. */
  void poolByAttentionGradient(
      INDArray input,
      INDArray scores,
      INDArray mask,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray scoreGradient);

  /**
   * Each vector of a sequence and the {@code width - 1} after it side by side, zeros after the end:
   * {@code [batch, length, features]} to {@code [batch, length, width · features]}.
   */
  void windows(INDArray input, int width, INDArray output);

  /** The gradient of {@link #windows}. */
  void windowsGradient(int width, INDArray outputGradient, INDArray inputGradient);

  /** Vectors {@code [batch, features]} one after the other as one. */
  void join(INDArray[] parts, INDArray whole);

  /** The inverse of {@link #join}. */
  void split(INDArray whole, INDArray[] parts);

  /**
   * Rows of a table with a vector in place of each category.
   *
   * @param rows {@code [batch, columns]}; what is no category of its column is refused with an
   *     IllegalArgumentException
   * @param tables the vectors of all categories of each column in turn, flat
   * @param output {@code [batch, features]}
   */
  void embedColumns(TableGeometry geometry, INDArray rows, INDArray tables, INDArray output);

  /** The gradient of the tables of {@link #embedColumns}. */
  void embedColumnsGradient(
      TableGeometry geometry, INDArray rows, INDArray outputGradient, INDArray tableGradients);

  /**
   * Rows of a table as sequences, one vector a column: the vector of its column times a number, or
   * the vector of a category.
   *
   * @param geometry in which all vectors have the same size
   * @param rows {@code [batch, columns]}; what is no category of its column is refused with an
   *     IllegalArgumentException
   * @param vectors {@code [numbers + categories, features]}: one for each number, then those of all
   *     categories of each column in turn
   * @param output {@code [batch, columns, features]}
   */
  void columnVectors(TableGeometry geometry, INDArray rows, INDArray vectors, INDArray output);

  /** The gradient of the vectors of {@link #columnVectors}. */
  void columnVectorsGradient(
      TableGeometry geometry, INDArray rows, INDArray outputGradient, INDArray vectorGradients);

  /** Ones where an id is not {@code paddingId}, zeros where it is. */
  void paddingMask(INDArray ids, int paddingId, INDArray mask);

  /**
   * The vectors of each sequence where a recurrent layer has ended: the last that is not masked; of
   * a bidirectional layer, whose reverse direction is the second half of the features, that half of
   * the first. Zeros where all is masked.
   *
   * @param sequences {@code [batch, length, features]}
   * @param mask {@code [batch, length]} or {@code null}
   * @param output {@code [batch, features]}
   */
  void lastStep(INDArray sequences, INDArray mask, boolean bidirectional, INDArray output);

  /** The gradient of {@link #lastStep}. */
  void lastStepGradient(
      INDArray outputGradient, INDArray mask, boolean bidirectional, INDArray inputGradient);

  /**
   * A loss and its gradient. Where an output of a row is not a number, neither is the sum.
   *
   * @param outputs {@code [rows, outputs]}, or a sequence of them for each sample
   * @param targets {@code [rows, targets]}, as the loss has them
   * @param gradient of the shape of the outputs, written with the gradient of the sum of the losses
   */
  LossResult loss(Loss loss, INDArray outputs, INDArray targets, INDArray gradient);
}
