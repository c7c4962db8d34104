package dev.dl.models.block;

import static dev.dl.models.block.Residual.residual;

import dev.dl.models.graph.Node;
import dev.dl.models.layer.Convolution;
import java.util.Optional;

/**
 * A block that widens its input by a 1x1 convolution, filters each channel alone, and narrows it
 * again without an activation (Sandler et al. 2018, https://arxiv.org/abs/1801.04381), with squeeze
 * and excitation before that if asked for (Tan et al. 2018, https://arxiv.org/abs/1807.11626).
 * Around it goes a shortcut where the shape stays the same.
 *
 * @param kernel of the middle convolution
 * @param inside channels of the middle convolution; where the input has as many, nothing widens it
 * @param parts what convolutions are made with
 */
public record InvertedResidual(
    int kernel,
    int inside,
    int outputs,
    int stride,
    Optional<SqueezeExcitation> squeezing,
    ConvNormActivation parts) {

  /**
   * Layers {@code block.0}, {@code block.1} and so on below {@code place}.
   *
   * @param stochasticDepth rate of the samples without the block, where there is a shortcut
   */
  public Node of(Node x, String place, double stochasticDepth) {
    int inputs = x.shape().image().channels();
    String block = place + ".block.";
    int part = 0;
    Node y = x;
    if (inside != inputs) {
      y = parts.activated(y, block + part++, Convolution.beforeNormalization(inside, 1, 1));
    }
    y = parts.activated(y, block + part++, Convolution.depthwise(inside, kernel, stride));
    if (squeezing.isPresent()) {
      y = squeezing.get().of(y, block + part++);
    }
    y = parts.linear(y, block + part, Convolution.beforeNormalization(outputs, 1, 1));
    return stride == 1 && inputs == outputs ? residual(x, y, place, stochasticDepth) : y;
  }
}
