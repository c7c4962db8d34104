package dev.dl.models.block;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Convolution;

/**
 * Convolution without bias, batch normalization, and ReLU unless something is to be added first.
 */
public final class ConvNormRelu {
  private ConvNormRelu() {}

  /** Layers {@code convolution} and {@code normalization}, ending in ReLU. */
  public static Node convNormRelu(
      Node x, String convolution, String normalization, int outputs, int kernel, int stride) {
    return convNorm(x, convolution, normalization, outputs, kernel, stride, Activation.RELU);
  }

  /** The same without the ReLU. */
  public static Node convNorm(
      Node x, String convolution, String normalization, int outputs, int kernel, int stride) {
    return convNorm(x, convolution, normalization, outputs, kernel, stride, Activation.NONE);
  }

  private static Node convNorm(
      Node x,
      String convolution,
      String normalization,
      int outputs,
      int kernel,
      int stride,
      Activation activation) {
    return x.then(convolution, Convolution.beforeNormalization(outputs, kernel, stride))
        .then(normalization, new BatchNormalization(activation));
  }
}
