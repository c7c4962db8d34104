package dev.dl.models.table;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TableInput;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.ClassToken;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.FeatureTokens;
import dev.dl.models.layer.FirstToken;
import dev.dl.models.layer.GatedRelu;
import dev.dl.models.layer.Initializer;
import dev.dl.models.layer.LayerNormalization;
import dev.dl.models.layer.QueryKeyValue;
import dev.dl.models.layer.SelfAttention;
import java.util.List;

/**
 * FT-Transformer (Gorishniy et al. 2021): each column of a row becomes a token, and what a class
 * token attends to is classified. Blocks normalize first, but for the attention of the first one.
 * Weights are named as rtdl's; there the class token is the last one, and without positions that
 * makes no difference.
 *
 * @param layers number of blocks
 * @param hidden features of each token
 * @param feedForward width between the two dense layers of a block, after the gate
 * @param attentionDropout rate of attention probabilities
 * @param dropout rate between the two dense layers
 */
public record FeatureTransformer(
    int layers, int hidden, int heads, int feedForward, double attentionDropout, double dropout)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/2106.11959";

  /** The paper's default for one, two and three blocks. */
  public static final FeatureTransformer ONE_BLOCK = new FeatureTransformer(1, 96, 8, 128, 0.1, 0);

  public static final FeatureTransformer TWO_BLOCKS =
      new FeatureTransformer(2, 128, 8, 170, 0.15, 0.05);

  public static final FeatureTransformer THREE_BLOCKS =
      new FeatureTransformer(3, 192, 8, 256, 0.2, 0.1);

  private static final LayerNormalization NORMALIZATION = new LayerNormalization(1e-5);
  private static final Add ADD = new Add(Activation.NONE);

  @Override
  public Graph define(Input input, Head head) {
    TableInput table = input.table();
    Node x =
        Node.input(table.shape())
            .then(
                "feature_tokenizer",
                new FeatureTokens(
                    table.numericFeatures(),
                    table.cardinalities(),
                    hidden,
                    true,
                    Initializer.fanIn(hidden)))
            .then("cls_token", new ClassToken());
    for (int layer = 0; layer < layers; layer++) {
      x = block(x, layer);
    }
    return Graph.of(
        x.then("transformer.head.normalization", NORMALIZATION)
            .then("transformer.head.activation", new Activate(Activation.RELU))
            .then("transformer.head.linear", Dense.linear(head.outputs())));
  }

  /** {@code [1 + columns, hidden]} to the same, in the last block to its first vector. */
  private Node block(Node x, int layer) {
    String place = "transformer.blocks." + layer;
    Node normalized = layer == 0 ? x : x.then(place + ".attention_normalization", NORMALIZATION);
    Node attended =
        normalized
            .then(place + ".attention", new QueryKeyValue(List.of("W_q", "W_k", "W_v")))
            .then(place + ".attention.context", new SelfAttention(heads, false, attentionDropout));
    boolean last = layer == layers - 1;
    Node shortcut = last ? x.then(place + ".class", new FirstToken()) : x;
    Node context = last ? attended.then(place + ".attention.class", new FirstToken()) : attended;
    Node mixed = context.then(place + ".attention.W_out", Dense.linear(hidden));
    Node y = Node.join(place + ".attention.add", ADD, shortcut, mixed);

    Node narrow =
        y.then(place + ".ffn_normalization", NORMALIZATION)
            .then(place + ".ffn.linear_first", Dense.linear(2 * feedForward))
            .then(place + ".ffn.activation", new GatedRelu())
            .then(place + ".ffn.dropout", new Dropout(dropout))
            .then(place + ".ffn.linear_second", Dense.linear(hidden));
    return Node.join(place + ".ffn.add", ADD, y, narrow);
  }
}
