package dev.dl.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.block.TransformerBlock;
import dev.dl.models.graph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalizations, attention and whole blocks agree with PyTorch, forward and backward, on every
 * implementation of the kernels; tools/golden/transformers.py made the values.
 */
final class GoldenTransformersTest {
  private static final List<Kernels> KERNELS =
      List.of(
          new OneDnnKernels(Parallel.of(2)),
          new Nd4jKernels(DataType.FLOAT),
          new Nd4jKernels(DataType.DOUBLE));
  private static final List<String> FILES =
      List.of(
          "layer-normalization",
          "rms-normalization",
          "attention",
          "encoder-block",
          "decoder-block");

  static Stream<Arguments> cases() {
    return FILES.stream()
        .flatMap(file -> GoldenCase.of(file).stream())
        .flatMap(
            test ->
                KERNELS.stream()
                    .map(
                        kernels ->
                            Arguments.of(
                                test,
                                Named.of(kernels.name() + " " + kernels.dataType(), kernels))));
  }

  @Test
  void noCaseIsLeftOut() {
    assertThat(cases()).hasSize(12 * KERNELS.size());
  }

  /** The node under test; blocks and layers with parameters are named so that these are too. */
  private static Node node(GoldenCase test, Node input, Node mask) {
    return switch (test.file()) {
      case "layer-normalization" -> input.then("test", new LayerNormalization(epsilon(test)));
      case "rms-normalization" -> input.then("test", new RmsNormalization(epsilon(test)));
      case "attention" -> attention(test, input, mask);
      case "encoder-block" -> TransformerBlock.encoder(input, mask, "test", settings(test));
      case "decoder-block" -> TransformerBlock.decoder(input, "test", settings(test));
      default -> throw new IllegalArgumentException(test.file());
    };
  }

  private static Node attention(GoldenCase test, Node input, Node mask) {
    boolean causal = test.settings().get("causal").asBoolean();
    SelfAttention layer = new SelfAttention(test.setting("heads"), causal, 0);
    return test.has("mask") ? Node.join("test", layer, input, mask) : input.then("test", layer);
  }

  private static double epsilon(GoldenCase test) {
    return test.settings().get("epsilon").asDouble();
  }

  private static TransformerBlock.Settings settings(GoldenCase test) {
    return new TransformerBlock.Settings(
        test.setting("heads"), test.setting("feedForward"), 0, epsilon(test));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void agreesWithPyTorch(GoldenCase test, Kernels kernels) {
    Bench arrays = new Bench(kernels, new MeanOverTokens(), test.sample("input"));
    long batch = test.shape("input")[0];
    Node input = Node.input(test.sample("input"));
    Map<Node, INDArray> inputs = new HashMap<>();
    inputs.put(input, arrays.array(test.values("input"), batch, input.shape()));
    Node mask = null;
    if (test.has("mask")) {
      mask = new Node("mask", null, List.of(), test.sample("mask"));
      inputs.put(mask, arrays.array(test.values("mask"), batch, mask.shape()));
    }
    Node output = node(test, input, mask);
    GraphBench bench = new GraphBench(kernels, output);
    Map<String, Bench> parameters = bench.parameters();
    parameters.forEach((name, owner) -> owner.set(last(name, owner), test.values(inFile(name))));

    INDArray inference = bench.forward(inputs, false);
    assertClose("output", arrays.values(inference, output.shape()), test.values("output"));
    INDArray trained = bench.forward(inputs, true);
    assertClose("output", arrays.values(trained, output.shape()), test.values("output"));
    INDArray gradient = arrays.array(test.values("outputGradient"), batch, output.shape());
    INDArray inputGradient = bench.backward(gradient, input);
    assertClose(
        "inputGradient", arrays.values(inputGradient, input.shape()), test.values("inputGradient"));
    parameters.forEach(
        (name, owner) ->
            assertClose(
                name,
                owner.gradientValues(last(name, owner)),
                test.values(inFile(name) + "Gradient")));
  }

  private static String inFile(String name) {
    return name.substring("test.".length());
  }

  /** The parameter's name within its layer, which may itself have a dot. */
  private static String last(String name, Bench owner) {
    return Stream.iterate(name, part -> part.substring(part.indexOf('.') + 1))
        .filter(owner::has)
        .findFirst()
        .orElseThrow();
  }

  /** Within 4e-6 of the largest value or of 1, a few roundings of float32. */
  private static void assertClose(String what, float[] actual, float[] expected) {
    float largest = 1; // of sums that cancel, too
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).as(what).containsExactly(expected, within(4e-6f * largest));
  }
}
