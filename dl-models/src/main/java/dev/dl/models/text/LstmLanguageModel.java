package dev.dl.models.text;

import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.Recurrent;

/**
 * A stack of LSTMs that predicts the next token at every position (Graves 2013).
 *
 * @param features of each token's vector
 * @param hidden features of each LSTM's state
 * @param layers number of LSTMs
 * @param dropout rate after each LSTM
 */
public record LstmLanguageModel(int features, int hidden, int layers, double dropout)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1308.0850";

  /** For characters, as large as a small machine trains. */
  public static final LstmLanguageModel CHARACTERS = new LstmLanguageModel(128, 256, 2, 0.2);

  /** The network for token ids, with logits over the vocabulary for each. */
  @Override
  public Graph define(Input input, Head head) {
    TextInput text = input.text();
    head.requireTokens(text.vocabulary());
    Node x = Node.input(text.shape()).then("embedding", Embedding.of(text.vocabulary(), features));
    for (int layer = 1; layer <= layers; layer++) {
      x = x.then("lstm" + layer, Recurrent.lstm(hidden));
      x = x.then("dropout" + layer, new Dropout(dropout));
    }
    return Graph.of(x.then("head", Dense.linear(text.vocabulary())));
  }
}
