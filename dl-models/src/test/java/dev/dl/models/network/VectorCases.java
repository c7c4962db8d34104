package dev.dl.models.network;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.ChosenColumns;
import dev.dl.models.layer.Concatenate;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.FeatureTokens;
import dev.dl.models.layer.FirstTokens;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.GatedRelu;
import dev.dl.models.layer.Initializer;
import dev.dl.models.layer.MaximumOverTokens;
import dev.dl.models.layer.MeanOverTokens;
import dev.dl.models.layer.OneHot;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.PairProducts;
import dev.dl.models.layer.SequenceConvolution;
import dev.dl.models.layer.SquaredDistance;
import dev.dl.models.layer.SumOverTokens;
import dev.dl.models.layer.TableFeatures;
import dev.dl.models.layer.Unflatten;
import dev.dl.models.layer.UnitLength;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Layers that make vectors of texts and tables, on six ids below 7 of which 0 is padding. */
final class VectorCases {
  private VectorCases() {}

  static Map<String, UnaryOperator<Node>> all() {
    Map<String, UnaryOperator<Node>> cases = new LinkedHashMap<>();
    for (int width : new int[] {1, 3, 7}) {
      cases.put(
          "sequence convolution of " + width,
          ids -> embedded(ids).then("layer", new SequenceConvolution(5, width, Activation.NONE)));
    }
    cases.put(
        "first tokens",
        ids -> embedded(ids).then("layer", new FirstTokens(4)).then("sum", new SumOverTokens()));
    cases.put(
        "one hot",
        ids ->
            ids.then("layer", new OneHot(6))
                .then("dense", Dense.linear(3))
                .then("flat", new Flatten()));
    cases.put("maximum over tokens", ids -> embedded(ids).then("layer", new MaximumOverTokens()));
    cases.put(
        "maximum over tokens, masked",
        ids -> Node.join("layer", new MaximumOverTokens(), embedded(ids), mask(ids)));
    cases.put("concatenation", VectorCases::concatenated);
    cases.put("table", ids -> ids.then("layer", new TableFeatures(2, List.of(7, 8, 7, 9))));
    cases.put("vectors of columns", ids -> tokens(ids, false).then("sum", new SumOverTokens()));
    cases.put("vectors of columns with biases", ids -> tokens(ids, true));
    cases.put("pair products", ids -> tokens(ids, false).then("layer", new PairProducts()));
    cases.put(
        "unflattened vector",
        ids ->
            embedded(ids)
                .then("flat", new Flatten())
                .then("layer", new Unflatten(3))
                .then("sum", new SumOverTokens()));
    cases.put("chosen columns", VectorCases::chosen);
    cases.put(
        "squared distance",
        ids ->
            Node.join("layer", new SquaredDistance(), ids, ids.then("rebuilt", Dense.linear(4))));
    cases.put("unit length", ids -> mean(ids).then("layer", new UnitLength()));
    cases.put("gated ReLU", ids -> embedded(ids).then("layer", new GatedRelu()));
    cases.put("flattened sequence", ids -> embedded(ids).then("layer", new Flatten()));
    for (Activation activation : new Activation[] {Activation.NONE, Activation.RELU}) {
      cases.put(
          "batch normalization of vectors, " + activation,
          ids ->
              embedded(ids)
                  .then("mean", new MeanOverTokens())
                  .then("layer", new BatchNormalization(activation)));
    }
    return cases;
  }

  private static Node tokens(Node ids, boolean biases) {
    Initializer normal = new Initializer.Normal(1);
    return ids.then("tokens", new FeatureTokens(2, List.of(7, 8, 7, 9), 5, biases, normal));
  }

  /** Of what is trained, and of what is not before what is. */
  private static Node chosen(Node ids) {
    Node codes = ids.then("codes", new ChosenColumns(List.of(4, 1)));
    Node vectors = codes.then("vectors", Embedding.of(7, 3)).then("flat", new Flatten());
    return vectors.then("layer", new ChosenColumns(List.of(5, 0, 2)));
  }

  private static Node embedded(Node ids) {
    return ids.then("embedding", Embedding.of(7, 4));
  }

  private static Node mean(Node ids) {
    return embedded(ids).then("mean", new MeanOverTokens());
  }

  private static Node mask(Node ids) {
    return ids.then("mask", new PaddingMask(0));
  }

  private static Node concatenated(Node ids) {
    Node vectors = embedded(ids);
    Node mean = vectors.then("mean", new MeanOverTokens());
    Node convolved = vectors.then("conv", new SequenceConvolution(3, 2, Activation.NONE));
    Node maximum = Node.join("maximum", new MaximumOverTokens(), convolved, mask(ids));
    return Node.join("layer", new Concatenate(), mean, maximum);
  }
}
