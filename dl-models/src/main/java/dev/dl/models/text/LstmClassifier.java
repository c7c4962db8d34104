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
import dev.dl.models.layer.LastStep;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.Recurrent;

/**
 * Texts of token ids classified by the last state of an LSTM (Dai and Le 2015), which passes over
 * padding; or their tokens by its state at each of them, as the taggers of Huang et al. 2015
 * (https://arxiv.org/abs/1508.01991).
 *
 * @param features of each token's embedding
 * @param hidden features of the state of each direction
 * @param bidirectional whether a second LSTM reads from the end
 * @param dropout rate before the classifier
 */
public record LstmClassifier(int features, int hidden, boolean bidirectional, double dropout)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1511.01432";

  public static final LstmClassifier LSTM = new LstmClassifier(128, 256, false, 0.5);

  public static final LstmClassifier BILSTM = new LstmClassifier(128, 256, true, 0.5);

  /** The network for {@code [length]} token ids, shorter texts filled up with padding. */
  @Override
  public Graph define(Input input, Head head) {
    TextInput text = input.text();
    Recurrent lstm = Recurrent.lstm(hidden);
    Node ids = text.ids(Node.input(text.shape()));
    Node mask = ids.then("mask", new PaddingMask(TextInput.PADDING));
    // [length, features]
    Node x =
        ids.then(
            "embedding", Embedding.of(text.vocabulary(), features).withPadding(TextInput.PADDING));
    // [length, directions · hidden]
    x = Node.join("lstm", bidirectional ? lstm.inBothDirections() : lstm, x, mask);
    Node read = head.ofTokens() ? x : Node.join("last", new LastStep(bidirectional), x, mask);
    return Graph.of(
        read.then("dropout", new Dropout(dropout))
            .then("classifier", Dense.linear(head.outputs())));
  }
}
