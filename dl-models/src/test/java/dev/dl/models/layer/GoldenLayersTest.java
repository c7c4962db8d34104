package dev.dl.models.layer;

import static dev.dl.models.layer.GoldenBench.requireClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Kernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers and blocks agree with PyTorch, forward and backward, on every implementation of the
 * kernels.
 */
final class GoldenLayersTest {
  private static final Set<String> TESTED_BY_THEMSELVES =
      Set.of("batch-normalization", "stochastic-depth");

  static Stream<Arguments> cases() {
    return GoldenBench.each(
        GoldenGraphs.files().stream().filter(file -> !TESTED_BY_THEMSELVES.contains(file)));
  }

  static Stream<Arguments> recurrences() {
    return GoldenBench.each(Stream.of("lstm", "gru"));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void agreesWithPyTorch(GoldenCase test, Kernels kernels) {
    new GoldenBench(test, kernels, GoldenGraphs.of(test)).requireAgreement();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("recurrences")
  void endsWhereRecurrentLayersOfPyTorchEnd(GoldenCase test, Kernels kernels) {
    Node sequence = GoldenGraphs.of(test);
    Stream<Node> mask = sequence.inputs().stream().skip(1);
    Node[] inputs = Stream.concat(Stream.of(sequence), mask).toArray(Node[]::new);
    Node last = Node.join("last", new LastStep(test.flag("bidirectional")), inputs);
    requireClose("last", new GoldenBench(test, kernels, last).forward(false), test.values("last"));
  }

  private static final Set<String> OTHERS =
      Set.of(
          "cross-entropy",
          "losses",
          "architectures",
          "modern-architectures",
          "convolutional-architectures",
          "compact-architectures",
          "table-architectures",
          "position-grids");

  @Test
  void noCaseIsLeftOut() throws IOException, URISyntaxException {
    assertThat(cases()).hasSize(177 * GoldenBench.KERNELS.size() - 2);
    assertThat(recurrences()).hasSize(2 * 6 * GoldenBench.KERNELS.size());
    Path folder = Path.of(GoldenCase.class.getResource("/golden").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
          .as("files other than of losses, whole architectures and weights")
          .filteredOn(file -> !OTHERS.contains(file))
          .containsExactlyInAnyOrderElementsOf(GoldenGraphs.files());
    }
  }

  @Test
  void noLayerIsLeftOut() throws IOException, URISyntaxException {
    Stream<Graph> graphs =
        GoldenGraphs.files().stream()
            .flatMap(file -> GoldenCase.of(file).stream())
            .map(test -> Graph.of(GoldenGraphs.of(test)));
    assertThat(LayerTypes.in(graphs)).containsExactlyInAnyOrderElementsOf(LayerTypes.all());
  }
}
