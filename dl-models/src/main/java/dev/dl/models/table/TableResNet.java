package dev.dl.models.table;

import dev.dl.core.kernel.Activation;
import dev.dl.models.block.Residual;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;

/**
 * Residual network for tables (Gorishniy et al. 2021): blocks of two dense layers after a batch
 * normalization, with a shortcut around them. Weights are named as rtdl's.
 *
 * @param blocks number of blocks
 * @param features of each row between blocks
 * @param hidden units between the two dense layers of a block
 * @param dropout rate between those
 */
public record TableResNet(int blocks, int features, int hidden, double dropout)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/2106.11959";

  public static final TableResNet TWO_BLOCKS = new TableResNet(2, 192, 384, 0.15);

  @Override
  public Graph define(Input input, Head head) {
    Node x = Mlp.columns(input.table()).then("first_layer", Dense.linear(features));
    for (int block = 0; block < blocks; block++) {
      x = block(x, "blocks." + block);
    }
    return Graph.of(
        x.then("head.normalization", new BatchNormalization(Activation.RELU))
            .then("head.linear", Dense.linear(head.outputs())));
  }

  /** {@code [features]} to the same. */
  private Node block(Node x, String place) {
    Node branch =
        x.then(place + ".normalization", new BatchNormalization(Activation.NONE))
            .then(place + ".linear_first", new Dense(hidden, Activation.RELU))
            .then(place + ".dropout_first", new Dropout(dropout))
            .then(place + ".linear_second", Dense.linear(features));
    return Residual.residual(x, branch, place, 0);
  }
}
