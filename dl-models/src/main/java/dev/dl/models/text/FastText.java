package dev.dl.models.text;

import dev.dl.core.kernel.Activation;
import dev.dl.models.block.TextVector;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.MeanOverTokens;
import dev.dl.models.layer.PaddingMask;

/**
 * The mean of the vectors of a text's tokens, classified (Joulin et al. 2016).
 *
 * @param features of each token's vector
 * @param hidden units between mean and classifier, with ReLU; 0 for none, as published
 */
public record FastText(int features, int hidden) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1607.01759";

  public static final FastText SMALL = new FastText(64, 0);

  /** The network for texts, shorter ones filled up with padding. */
  @Override
  public Graph define(Input input, Head head) {
    TextInput text = input.text();
    Node ids = text.ids(Node.input(text.shape()));
    Node mask = ids.then("mask", new PaddingMask(TextInput.PADDING));
    Embedding words = Embedding.of(text.vocabulary(), features).withPadding(TextInput.PADDING);
    Node tokens = ids.then("embedding", words);
    if (head.ofVectors()) {
      return Graph.of(TextVector.of(tokens, mask));
    }
    Node x = Node.join("mean", new MeanOverTokens(), tokens, mask);
    if (hidden > 0) {
      x = x.then("hidden", new Dense(hidden, Activation.RELU));
    }
    return Graph.of(x.then("classifier", Dense.linear(head.outputs())));
  }
}
