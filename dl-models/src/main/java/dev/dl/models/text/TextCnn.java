package dev.dl.models.text;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.Concatenate;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.MaximumOverTokens;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.SequenceConvolution;
import java.util.List;

/**
 * Convolutions of several widths over the vectors of a text's tokens, and the maximum of each over
 * the text, classified (Kim 2014). Windows begin at every token, the last ones ending in padding.
 *
 * @param features of each token's vector
 * @param widths of the windows, in tokens
 * @param filters of each width
 * @param dropout rate before the classifier
 */
public record TextCnn(int features, List<Integer> widths, int filters, double dropout)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1408.5882";

  public static final TextCnn KIM = new TextCnn(128, List.of(3, 4, 5), 100, 0.5);

  public TextCnn {
    widths = List.copyOf(widths);
  }

  /** The network for texts, shorter ones filled up with padding. */
  @Override
  public Graph define(Input input, Head head) {
    TextInput text = input.text();
    Node ids = text.ids(Node.input(text.shape()));
    Node mask = ids.then("mask", new PaddingMask(TextInput.PADDING));
    Embedding words = Embedding.of(text.vocabulary(), features).withPadding(TextInput.PADDING);
    Node x = ids.then("embedding", words);
    Node[] maxima = widths.stream().map(width -> maximum(x, mask, width)).toArray(Node[]::new);
    return Graph.of(
        Node.join("features", new Concatenate(), maxima)
            .then("dropout", new Dropout(dropout))
            .then("classifier", Dense.linear(head.outputs())));
  }

  private Node maximum(Node x, Node mask, int width) {
    Node convolved =
        x.then("conv" + width, new SequenceConvolution(filters, width, Activation.RELU));
    return Node.join("maximum" + width, new MaximumOverTokens(), convolved, mask);
  }
}
