package dev.dl.models.text;

import dev.dl.core.kernel.Activation;
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
import dev.dl.models.layer.Initializer;
import dev.dl.models.layer.LayerNormalization;
import dev.dl.models.layer.PositionEmbedding;

/**
 * GPT-2, a stack of causal decoder blocks that predicts the next token at every position (Radford
 * et al. 2019), with a matrix of its own, without bias, from features to logits. Weights are named
 * as GPT-2's; dense weights are {@code [outputs, inputs]}.
 *
 * @param layers number of blocks
 * @param hidden features of each token
 * @param positions of the longest sequence
 * @param dropout rate, everywhere
 */
public record Gpt(int layers, int hidden, int heads, int positions, double dropout)
    implements Architecture {
  public static final String PAPER =
      "https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf";

  /** For tests and first steps, over printable characters. */
  public static final Gpt NANO = new Gpt(3, 48, 3, 64, 0.1);

  /** For characters, of as many parameters as {@link LstmLanguageModel#CHARACTERS}. */
  public static final Gpt CHARACTERS = new Gpt(6, 112, 4, 128, 0.1);

  /** For characters, as large as a small machine trains. */
  public static final Gpt MINI = new Gpt(6, 384, 6, 256, 0.1);

  /** The smallest that was published, with 50,257 tokens. */
  public static final Gpt SMALL = new Gpt(12, 768, 12, 1024, 0.1);

  private static final double EPSILON = 1e-5;

  /** The network for {@code [length]} token ids, with logits over the vocabulary for each. */
  @Override
  public Graph define(Input input, Head head) {
    TextInput text = input.text();
    head.requireTokens(text.vocabulary());
    var settings = new TransformerBlock.Settings(heads, 4 * hidden, dropout, EPSILON);
    Embedding tokens =
        new Embedding(
            text.vocabulary(), hidden, Embedding.NO_PADDING, Initializer.TRANSFORMER_DEVIATION);
    Node x =
        Node.input(text.shape())
            .then("transformer.wte", tokens)
            .then("transformer.wpe", new PositionEmbedding(positions))
            .then("transformer.drop", new Dropout(dropout));
    for (int layer = 0; layer < layers; layer++) {
      x = TransformerBlock.decoder(x, "transformer.h." + layer, settings);
    }
    return Graph.of(
        x.then("transformer.ln_f", new LayerNormalization(EPSILON))
            .then(
                "lm_head",
                new Dense(text.vocabulary(), false, Activation.NONE, Dense.Start.TRANSFORMER)));
  }
}
