package dev.dl.models.text;

import dev.dl.models.block.TextVector;
import dev.dl.models.block.TransformerBlock;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.MeanOverTokens;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.SinusoidalPositions;

/**
 * A transformer's encoder, to be trained from nothing (Vaswani et al. 2017): sinusoidal positions,
 * blocks that normalize after each addition, with GELU as BERT's, and the mean over the tokens
 * classified, or each token by itself. Embeddings begin with the deviation 1, as theirs do after
 * the factor √features.
 *
 * @param layers number of blocks
 * @param hidden features of each token
 * @param dropout rate, everywhere
 */
public record TransformerEncoder(int layers, int hidden, int heads, int feedForward, double dropout)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1706.03762";

  public static final TransformerEncoder SMALL = new TransformerEncoder(2, 128, 4, 512, 0.1);

  private static final double EPSILON = 1e-5;

  /** The network for {@code [length]} token ids, shorter texts filled up with padding. */
  @Override
  public Graph define(Input input, Head head) {
    TextInput text = input.text();
    var settings = new TransformerBlock.Settings(heads, feedForward, dropout, EPSILON);
    Node ids = text.ids(Node.input(text.shape()));
    Node mask = ids.then("mask", new PaddingMask(TextInput.PADDING));
    Node x =
        ids.then(
                "embedding", Embedding.of(text.vocabulary(), hidden).withPadding(TextInput.PADDING))
            .then("positions", new SinusoidalPositions())
            .then("dropout", new Dropout(dropout));
    for (int layer = 0; layer < layers; layer++) {
      x = TransformerBlock.encoder(x, mask, "encoder.layer." + layer, settings);
    }
    if (head.ofVectors()) {
      return Graph.of(TextVector.of(x, mask));
    }
    Node read = head.ofTokens() ? x : Node.join("mean", new MeanOverTokens(), x, mask);
    return Graph.of(read.then("classifier", Dense.linear(head.outputs())));
  }
}
