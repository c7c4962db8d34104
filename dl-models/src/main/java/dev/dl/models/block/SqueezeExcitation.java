package dev.dl.models.block;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.PointwiseConvolution;
import dev.dl.models.layer.ScaleChannels;

/**
 * Channels weighted by what the whole image holds (Hu et al. 2017,
 * https://arxiv.org/abs/1709.01507).
 *
 * @param squeezed units between the two layers, fewer than the channels
 * @param inside activation of those
 * @param gate activation of the weights
 */
public record SqueezeExcitation(int squeezed, Activation inside, Activation gate) {

  /** As published: ReLU and the logistic function. */
  public static SqueezeExcitation to(int squeezed) {
    return new SqueezeExcitation(squeezed, Activation.RELU, Activation.SIGMOID);
  }

  /**
   * Layers {@code avgpool}, {@code fc1}, {@code activation}, {@code fc2}, {@code scale_activation}
   * and {@code scale} below {@code place}.
   */
  public Node of(Node x, String place) {
    int channels = x.shape().image().channels();
    Node factors =
        x.then(place + ".avgpool", new GlobalAveragePooling())
            .then(place + ".fc1", new PointwiseConvolution(squeezed, false))
            .then(place + ".activation", new Activate(inside))
            .then(place + ".fc2", new PointwiseConvolution(channels, false))
            .then(place + ".scale_activation", new Activate(gate));
    return Node.join(place + ".scale", new ScaleChannels(), x, factors);
  }
}
