package dev.dl.models.text;

import dev.dl.core.kernel.Activation;
import dev.dl.models.block.TextVector;
import dev.dl.models.block.TransformerBlock;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.FirstToken;
import dev.dl.models.layer.Initializer;
import dev.dl.models.layer.LayerNormalization;
import dev.dl.models.layer.MeanOverTokens;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.PositionEmbedding;
import dev.dl.models.layer.TokenTypeEmbedding;

/**
 * BERT, a stack of encoder blocks over words, their positions and types (Devlin et al. 2018).
 * Weights are named as in Hugging Face's checkpoints of BERT.
 *
 * @param layers number of blocks
 * @param hidden features of each token
 * @param positions of the longest sequence
 * @param dropout rate, everywhere
 * @param form what is embedded beside words and positions, and what of it all is classified
 */
public record Bert(
    int layers, int hidden, int heads, int feedForward, int positions, double dropout, Form form)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1810.04805";

  /** The small ones are Turc et al.'s (2019, https://arxiv.org/abs/1908.08962). */
  public static final Bert TINY = english(2, 128);

  public static final Bert MINI = english(4, 256);
  public static final Bert SMALL = english(4, 512);
  public static final Bert MEDIUM = english(8, 512);
  public static final Bert BASE = english(12, 768);

  /** Half of BERT's layers (Sanh et al. 2019, https://arxiv.org/abs/1910.01108). */
  public static final Bert DISTILBERT = new Bert(6, 768, 12, 3072, 512, 0.1, Form.DISTILLED);

  /** MiniLM's student of 6 layers (Wang et al. 2020, https://arxiv.org/abs/2002.10957). */
  public static final Bert MINILM_L6 = new Bert(6, 384, 12, 1536, 512, 0.1, Form.MEAN);

  /** The two ends of the network, which the models of the family differ in. */
  public enum Form {
    /** The first token, through a dense layer with tanh, as BERT was trained. */
    POOLER,
    /** The mean over the tokens, as models of sentences do. */
    MEAN,
    /** DistilBERT: no token types; the first token, through a dense layer with ReLU. */
    DISTILLED
  }

  private static final int TYPES = 2;
  private static final String TYPE_EMBEDDINGS = "embeddings.token_type_embeddings";
  private static final double EPSILON = 1e-12;

  /** DistilBERT's, before the classifier. */
  private static final double CLASSIFIER_DROPOUT = 0.2;

  /** Heads of 64 features. */
  private static Bert english(int layers, int hidden) {
    return new Bert(layers, hidden, hidden / 64, 4 * hidden, 512, 0.1, Form.POOLER);
  }

  /** The network for {@code [length]} tokens, shorter texts filled up with the padding id. */
  @Override
  public Graph define(Input input, Head head) {
    TextInput text = input.text();
    var settings = new TransformerBlock.Settings(heads, feedForward, dropout, EPSILON);
    Node tokens = Node.input(text.shape());
    Node ids = text.ids(tokens);
    Node mask = ids.then("mask", new PaddingMask(TextInput.PADDING));
    Node x = normalized(typed(embedded(ids, text.vocabulary()), tokens, text));
    for (int layer = 0; layer < layers; layer++) {
      x = TransformerBlock.encoder(x, mask, "encoder.layer." + layer, settings);
    }
    if (head.ofVectors()) {
      return Graph.of(TextVector.of(x, mask));
    }
    Node read = head.ofTokens() ? x.then("dropout", new Dropout(dropout)) : summary(x, mask);
    return Graph.of(read.then("classifier", Dense.transformer(head.outputs())));
  }

  /** What stands for the whole text: {@code [hidden]}. */
  private Node summary(Node x, Node mask) {
    return switch (form) {
      case MEAN -> Node.join("mean", new MeanOverTokens(), x, mask);
      case POOLER ->
          x.then("first", new FirstToken())
              .then(
                  "pooler.dense", new Dense(hidden, true, Activation.TANH, Dense.Start.TRANSFORMER))
              .then("dropout", new Dropout(dropout));
      case DISTILLED ->
          x.then("first", new FirstToken())
              .then(
                  "pre_classifier",
                  new Dense(hidden, true, Activation.RELU, Dense.Start.TRANSFORMER))
              .then("dropout", new Dropout(CLASSIFIER_DROPOUT));
    };
  }

  private Node embedded(Node ids, int vocabulary) {
    Embedding words =
        new Embedding(vocabulary, hidden, TextInput.PADDING, Initializer.TRANSFORMER_DEVIATION);
    return ids.then("embeddings.word_embeddings", words)
        .then("embeddings.position_embeddings", new PositionEmbedding(positions));
  }

  /** With the vectors of the tokens' types, which are all the first in single texts. */
  private Node typed(Node x, Node tokens, TextInput text) {
    if (form == Form.DISTILLED) {
      return x;
    }
    if (text.types() == 1) {
      return x.then(TYPE_EMBEDDINGS, new TokenTypeEmbedding(TYPES));
    }
    if (text.types() > TYPES) {
      throw new IllegalArgumentException(
          "got tokens of %d types, expected at most %d".formatted(text.types(), TYPES));
    }
    Embedding types =
        new Embedding(
            TYPES, x.shape().features(), Embedding.NO_PADDING, Initializer.TRANSFORMER_DEVIATION);
    return Node.join(
        "embeddings.typed",
        new Add(Activation.NONE),
        x,
        text.types(tokens).then(TYPE_EMBEDDINGS, types));
  }

  private Node normalized(Node x) {
    return x.then("embeddings.LayerNorm", new LayerNormalization(EPSILON))
        .then("embeddings.dropout", new Dropout(dropout));
  }
}
