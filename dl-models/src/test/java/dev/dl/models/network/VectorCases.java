package dev.dl.models.network;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Concatenate;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.MaximumOverTokens;
import dev.dl.models.layer.MeanOverTokens;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.SequenceConvolution;
import dev.dl.models.layer.TableFeatures;
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
    cases.put("maximum over tokens", ids -> embedded(ids).then("layer", new MaximumOverTokens()));
    cases.put(
        "maximum over tokens, masked",
        ids -> Node.join("layer", new MaximumOverTokens(), embedded(ids), mask(ids)));
    cases.put("concatenation", VectorCases::concatenated);
    cases.put("table", ids -> ids.then("layer", new TableFeatures(2, List.of(7, 8, 7, 9))));
    return cases;
  }

  private static Node embedded(Node ids) {
    return ids.then("embedding", Embedding.of(7, 4));
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
