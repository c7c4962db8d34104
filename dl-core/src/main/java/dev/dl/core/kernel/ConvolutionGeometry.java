package dev.dl.core.kernel;

import dev.dl.core.data.ImageShape;

/**
 * A two-dimensional convolution with square kernels, strides and paddings.
 *
 * @param input one input image
 * @param outputs output channels
 * @param kernel height and width of the kernel, in pixels
 * @param padding pixels of zeros on each side
 * @param bias whether a value is added to each output channel
 * @param relu whether negative outputs become zero
 */
public record ConvolutionGeometry(
    ImageShape input,
    int outputs,
    int kernel,
    int stride,
    int padding,
    boolean bias,
    boolean relu) {

  public ConvolutionGeometry {
    if (outputs < 1 || kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "convolution to "
              + outputs
              + " channels, kernel "
              + kernel
              + ", stride "
              + stride
              + ", padding "
              + padding);
    }
  }

  /** One output image. */
  public ImageShape output() {
    return new ImageShape(
        outputs,
        PoolingGeometry.outputSize(input.height(), kernel, stride, padding),
        PoolingGeometry.outputSize(input.width(), kernel, stride, padding));
  }

  /** {@code [outputs, inputs, kernel, kernel]}. */
  public long[] weightShape() {
    return new long[] {outputs, input.channels(), kernel, kernel};
  }
}
