package dev.dl.models.block;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Convolution;

/**
 * Convolution without bias, batch normalization and any activation, named as torchvision names
 * them.
 *
 * @param normalization without its activation
 * @param activation of {@link #activated}
 */
public record ConvNormActivation(BatchNormalization normalization, Activation activation) {

  /** Layers {@code 0}, {@code 1} and perhaps {@code 2} below {@code place}, with the activation. */
  public Node activated(Node x, String place, Convolution convolution) {
    if (activation.gradientFollowsFromOutput()) {
      return x.then(place + ".0", convolution).then(place + ".1", normalization.before(activation));
    }
    return linear(x, place, convolution).then(place + ".2", new Activate(activation));
  }

  /** Layers {@code 0} and {@code 1} below {@code place}, without an activation. */
  public Node linear(Node x, String place, Convolution convolution) {
    return x.then(place + ".0", convolution).then(place + ".1", normalization);
  }
}
