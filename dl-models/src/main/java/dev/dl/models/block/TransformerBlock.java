package dev.dl.models.block;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.AddDropped;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.LayerNormalization;
import dev.dl.models.layer.QueryKeyValue;
import dev.dl.models.layer.SelfAttention;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The blocks of transformers (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762): attention,
 * then two dense layers, each with a shortcut around it. They differ in where they normalize.
 */
public final class TransformerBlock {
  private TransformerBlock() {}

  /**
   * The sizes of a block.
   *
   * @param feedForward width between the two dense layers
   * @param dropout rate in attention and before each addition
   * @param epsilon of the normalizations
   */
  public record Settings(int heads, int feedForward, double dropout, double epsilon) {}

  /**
   * An encoder's block, which normalizes after each addition, named as BERT's (Devlin et al. 2018).
   *
   * @param x {@code [length, features]}
   * @param mask {@code [length]}, zero where there is padding
   * @param place such as {@code encoder.layer.0}
   */
  public static Node encoder(Node x, Node mask, String place, Settings settings) {
    int features = x.shape().features();
    LayerNormalization normalization = new LayerNormalization(settings.epsilon);
    AddDropped add = new AddDropped(settings.dropout);

    String attention = place + ".attention";
    Node projected = x.then(attention + ".self", new QueryKeyValue());
    Node attended =
        Node.join(
            attention + ".self.context",
            new SelfAttention(settings.heads, false, settings.dropout),
            projected,
            mask);
    Node mixed = attended.then(attention + ".output.dense", Dense.transformer(features));
    Node y =
        Node.join(attention + ".output.add", add, x, mixed)
            .then(attention + ".output.LayerNorm", normalization);

    Node wide =
        y.then(place + ".intermediate.dense", Dense.transformer(settings.feedForward))
            .then(place + ".intermediate.activation", new Activate(Activation.GELU));
    Node narrow = wide.then(place + ".output.dense", Dense.transformer(features));
    return Node.join(place + ".output.add", add, y, narrow)
        .then(place + ".output.LayerNorm", normalization);
  }

  /**
   * A causal decoder's block, which normalizes before attention and dense layers, named as GPT-2's
   * (Radford et al. 2019).
   *
   * @param x {@code [length, features]}
   * @param place such as {@code transformer.h.0}
   */
  public static Node decoder(Node x, String place, Settings settings) {
    return normalizingFirst(x, Optional.empty(), true, place, settings);
  }

  /**
   * The same block, causal or not.
   *
   * @param mask {@code [length]}, zero where there is padding, if there may be any
   */
  public static Node normalizingFirst(
      Node x, Optional<Node> mask, boolean causal, String place, Settings settings) {
    int features = x.shape().features();
    LayerNormalization normalization = new LayerNormalization(settings.epsilon);
    AddDropped add = new AddDropped(settings.dropout);

    Node projected =
        x.then(place + ".ln_1", normalization)
            .then(place + ".attn.c_attn", Dense.transformer(3 * features));
    Node[] attending = Stream.concat(Stream.of(projected), mask.stream()).toArray(Node[]::new);
    SelfAttention attention = new SelfAttention(settings.heads, causal, settings.dropout);
    Node attended =
        Node.join(place + ".attn", attention, attending)
            .then(place + ".attn.c_proj", Dense.transformer(features));
    Node y = Node.join(place + ".attn.add", add, x, attended);

    Node narrow =
        y.then(place + ".ln_2", normalization)
            .then(place + ".mlp.c_fc", Dense.transformer(settings.feedForward))
            .then(place + ".mlp.gelu", new Activate(Activation.GELU_TANH))
            .then(place + ".mlp.c_proj", Dense.transformer(features));
    return Node.join(place + ".mlp.add", add, y, narrow);
  }
}
