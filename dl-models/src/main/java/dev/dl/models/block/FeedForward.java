package dev.dl.models.block;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.Layer;
import java.util.function.IntFunction;

/** Two dense layers with GELU between them, as timm names them. */
public final class FeedForward {
  private FeedForward() {}

  /**
   * Layers {@code fc1}, {@code act} and {@code fc2} below {@code place}; the last has as many
   * outputs as {@code x} has features.
   *
   * @param dense makes a dense layer of so many outputs
   */
  public static Node feedForward(Node x, String place, int hidden, IntFunction<Layer> dense) {
    return x.then(place + ".fc1", dense.apply(hidden))
        .then(place + ".act", new Activate(Activation.GELU))
        .then(place + ".fc2", dense.apply(x.shape().features()));
  }
}
