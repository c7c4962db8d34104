package dev.dl.models.block;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.StochasticDepth;

/**
 * A shortcut plus a branch that is left out for some samples in training (Huang et al. 2016,
 * https://arxiv.org/abs/1603.09382).
 */
public final class Residual {
  private Residual() {}

  /**
   * Layers {@code drop_path}, unless the rate is zero, and {@code add} below {@code place}.
   *
   * @param rate of the samples without the branch
   */
  public static Node residual(Node shortcut, Node branch, String place, double rate) {
    Node kept = rate == 0 ? branch : branch.then(place + ".drop_path", new StochasticDepth(rate));
    return Node.join(place + ".add", new Add(Activation.NONE), shortcut, kept);
  }

  /** The rate of a block where it grows evenly from zero in the first to {@code last}. */
  public static double growing(double last, int block, int blocks) {
    return blocks == 1 ? 0 : last * block / (blocks - 1);
  }
}
