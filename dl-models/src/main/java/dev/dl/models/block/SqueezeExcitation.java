package dev.dl.models.block;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.ScaleChannels;

/**
 * Channels weighted by what the whole image holds (Hu et al. 2017,
 * https://arxiv.org/abs/1709.01507).
 */
public final class SqueezeExcitation {
  private SqueezeExcitation() {}

  /**
   * Layers {@code avgpool}, {@code fc1}, {@code fc2} and {@code scale} below {@code place}.
   *
   * @param squeezed units of the first dense layer, fewer than the channels
   */
  public static Node squeezeExcitation(Node x, String place, int squeezed) {
    int channels = x.shape().image().channels();
    Node factors =
        x.then(place + ".avgpool", new GlobalAveragePooling())
            .then(place + ".fc1", new Dense(squeezed, Activation.RELU))
            .then(place + ".fc2", new Dense(channels, Activation.SIGMOID));
    return Node.join(place + ".scale", new ScaleChannels(), x, factors);
  }
}
