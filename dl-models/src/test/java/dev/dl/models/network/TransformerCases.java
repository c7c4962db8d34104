package dev.dl.models.network;

import dev.dl.core.kernel.Activation;
import dev.dl.models.block.TransformerBlock;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.AddDropped;
import dev.dl.models.layer.AttentionPooling;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.FirstToken;
import dev.dl.models.layer.Layer;
import dev.dl.models.layer.LayerNormalization;
import dev.dl.models.layer.LowRankAdapted;
import dev.dl.models.layer.MeanOverTokens;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.PositionEmbedding;
import dev.dl.models.layer.QueryKeyValue;
import dev.dl.models.layer.RmsNormalization;
import dev.dl.models.layer.SelfAttention;
import dev.dl.models.layer.SinusoidalPositions;
import dev.dl.models.layer.TokenTypeEmbedding;
import dev.dl.models.layer.TypedTokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The layers of transformers and their blocks, on ids below 7 of which 0 is padding. */
final class TransformerCases {
  private static final int HEADS = 2;

  private TransformerCases() {}

  static Map<String, UnaryOperator<Node>> all() {
    Map<String, UnaryOperator<Node>> cases = new LinkedHashMap<>();
    cases.put("layer normalization", after(new LayerNormalization(1e-5)));
    cases.put(
        "layer normalization of vectors",
        ids -> mean(ids).then("layer", new LayerNormalization(1e-5)));
    cases.put("root mean square normalization", after(new RmsNormalization(1e-5)));
    cases.put("position embedding", after(new PositionEmbedding(9)));
    cases.put("sinusoidal positions", after(new SinusoidalPositions()));
    cases.put("token types", after(new TokenTypeEmbedding(2)));
    cases.put("typed tokens", TransformerCases::typed);
    cases.put(
        "dense without bias", after(new Dense(5, false, Activation.NONE, Dense.Start.TRANSFORMER)));
    cases.put("queries, keys and values", after(new QueryKeyValue()));
    cases.put("adapted dense", after(adapted(Dense.linear(5), 0, "weight")));
    cases.put(
        "adapted queries and values",
        after(adapted(new QueryKeyValue(), 0.3, "query.weight", "value.weight")));
    cases.put("added with dropout", TransformerCases::added);
    cases.put("mean over tokens", TransformerCases::mean);
    cases.put(
        "mean over tokens, masked",
        ids -> Node.join("layer", new MeanOverTokens(), embedded(ids), mask(ids)));
    cases.put("first token", ids -> embedded(ids).then("layer", new FirstToken()));
    cases.put("attention pooling", ids -> pooled(ids));
    cases.put("attention pooling, masked", ids -> pooled(ids, mask(ids)));
    for (boolean causal : new boolean[] {false, true}) {
      for (double dropout : new double[] {0, 0.3}) {
        SelfAttention attention = new SelfAttention(HEADS, causal, dropout);
        cases.put(attention + "", ids -> projected(ids).then("layer", attention));
        cases.put(
            attention + ", masked",
            ids -> Node.join("layer", attention, projected(ids), mask(ids)));
      }
    }
    var settings = new TransformerBlock.Settings(HEADS, 12, 0.2, 1e-5);
    cases.put(
        "encoder block",
        ids -> TransformerBlock.encoder(embedded(ids), mask(ids), "block", settings));
    cases.put("decoder block", ids -> TransformerBlock.decoder(embedded(ids), "block", settings));
    return cases;
  }

  private static Layer adapted(Layer base, double dropout, String... weights) {
    return new LowRankAdapted(base, List.of(weights), 3, 6, dropout);
  }

  private static UnaryOperator<Node> after(Layer layer) {
    return ids -> embedded(ids).then("layer", layer);
  }

  private static Node embedded(Node ids) {
    return ids.then("embedding", Embedding.of(7, 8));
  }

  private static Node projected(Node ids) {
    return embedded(ids).then("projections", Dense.linear(24));
  }

  private static Node mask(Node ids) {
    return ids.then("mask", new PaddingMask(0));
  }

  private static Node pooled(Node ids, Node... mask) {
    Node x = embedded(ids);
    Stream<Node> read = Stream.of(x, x.then("scores", Dense.linear(1)));
    Node[] inputs = Stream.concat(read, Stream.of(mask)).toArray(Node[]::new);
    return Node.join("layer", new AttentionPooling(), inputs);
  }

  private static Node mean(Node ids) {
    return embedded(ids).then("mean", new MeanOverTokens());
  }

  /** Tokens below 7 as ids below 4 of two types. */
  private static Node typed(Node tokens) {
    Node ids = tokens.then("ids", new TypedTokens(4, TypedTokens.Part.ID));
    Node types = tokens.then("types", new TypedTokens(4, TypedTokens.Part.TYPE));
    return Node.join(
        "layer",
        new Add(Activation.NONE),
        ids.then("embedding", Embedding.of(4, 8)),
        types.then("embedding of types", Embedding.of(2, 8)));
  }

  private static Node added(Node ids) {
    Node x = embedded(ids);
    return Node.join("layer", new AddDropped(0.3), x, x.then("branch", Dense.linear(8)));
  }
}
