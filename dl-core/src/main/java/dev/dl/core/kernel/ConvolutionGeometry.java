package dev.dl.core.kernel;

import dev.dl.core.data.image.ImageShape;

/**
 * A two-dimensional convolution.
 *
 * @param input one input image
 * @param outputs output channels
 * @param groups into which input and output channels are divided; each output reads its own group
 * @param bias whether a value is added to each output channel
 * @param activation of the outputs, one whose gradient follows from them
 */
public record ConvolutionGeometry(
    ImageShape input, int outputs, Window window, int groups, boolean bias, Activation activation) {

  public ConvolutionGeometry {
    if (outputs < 1 || groups < 1 || outputs % groups != 0 || input.channels() % groups != 0) {
      throw new IllegalArgumentException(
          "convolution from %d to %d channels in %d groups"
              .formatted(input.channels(), outputs, groups));
    }
    activation.fused();
  }

  /** Whether each output channel reads one input channel, the one of its number. */
  public boolean depthwise() {
    return groups > 1 && groups == input.channels() && groups == outputs;
  }

  /** The convolution that a normalization after this one has been folded into. */
  public ConvolutionGeometry folding(NormalizationGeometry normalization) {
    if (activation != Activation.NONE || !normalization.image().equals(output())) {
      throw new IllegalArgumentException(
          "convolution to %s with activation %s, expected %s without one before its normalization"
              .formatted(output(), activation, normalization.image()));
    }
    return new ConvolutionGeometry(
        input, outputs, window, groups, true, normalization.activation());
  }

  /** One output image. */
  public ImageShape output() {
    return new ImageShape(
        outputs, window.outputHeight(input.height()), window.outputWidth(input.width()));
  }

  /** {@code [outputs, inputs / groups, size, size]}. */
  public long[] weightShape() {
    return new long[] {outputs, input.channels() / groups, window.size(), window.size()};
  }

  /** Weights of one output channel, a row of the weights. */
  public int weightsPerOutput() {
    return input.channels() / groups * window.size() * window.size();
  }
}
