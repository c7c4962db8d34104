package dev.dl.models.text;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.RecurrentCell;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.AttentionPooling;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.Recurrent;

/**
 * Texts read by recurrent cells in both directions and classified by the states that attention
 * picks (Yang et al. 2016, equations 5 to 7): each state's score is the product of a trained
 * context with a dense layer of it.
 *
 * @param features of each token's embedding
 * @param hidden features of the state of each direction
 * @param attention units between state and score
 * @param dropout rate before the classifier
 */
public record AttentiveRecurrent(
    RecurrentCell cell, int features, int hidden, int attention, double dropout)
    implements Architecture {
  public static final String PAPER = "https://aclanthology.org/N16-1174";

  public static final AttentiveRecurrent BILSTM =
      new AttentiveRecurrent(RecurrentCell.LSTM, 128, 256, 128, 0.5);

  public static final AttentiveRecurrent BIGRU =
      new AttentiveRecurrent(RecurrentCell.GRU, 128, 256, 128, 0.5);

  /** The network for {@code [length]} token ids, shorter texts filled up with padding. */
  @Override
  public Graph define(Input input, Head head) {
    TextInput text = input.text();
    Node ids = text.ids(Node.input(text.shape()));
    Node mask = ids.then("mask", new PaddingMask(TextInput.PADDING));
    Embedding words = Embedding.of(text.vocabulary(), features).withPadding(TextInput.PADDING);
    // [length, 2 · hidden]
    Node states =
        Node.join(
            "recurrent", new Recurrent(cell, hidden, true), ids.then("embedding", words), mask);
    // [length, 1]
    Node scores =
        states
            .then("attention.projection", new Dense(attention, Activation.TANH))
            .then("attention.context", new Dense(1, false, Activation.NONE, Dense.Start.USUAL));
    return Graph.of(
        Node.join("attention", new AttentionPooling(), states, scores, mask)
            .then("dropout", new Dropout(dropout))
            .then("classifier", Dense.linear(head.outputs())));
  }
}
