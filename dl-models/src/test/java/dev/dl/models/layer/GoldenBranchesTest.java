package dev.dl.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.block.SqueezeExcitation;
import dev.dl.models.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What weighs the branches of vision networks agrees with PyTorch. */
final class GoldenBranchesTest {
  private static final List<Kernels> KERNELS =
      List.of(new OneDnnKernels(Parallel.of(2)), new Nd4jKernels(DataType.DOUBLE));

  static Stream<Arguments> excitations() {
    return cases("squeeze-excitation");
  }

  static Stream<Arguments> depths() {
    return cases("stochastic-depth");
  }

  private static Stream<Arguments> cases(String file) {
    return GoldenCase.of(file).stream()
        .flatMap(test -> KERNELS.stream().map(kernels -> Arguments.of(test, kernels)));
  }

  @Test
  void noCaseIsLeftOut() {
    assertThat(excitations()).hasSize(3 * KERNELS.size());
    assertThat(depths()).hasSize(2 * KERNELS.size());
  }

  @ParameterizedTest
  @MethodSource("excitations")
  void squeezesAndExcitesAsPyTorch(GoldenCase test, Kernels kernels) {
    Shape shape = test.sample("input");
    Node input = Node.input(shape);
    Node output = SqueezeExcitation.squeezeExcitation(input, "test", test.setting("squeezed"));
    GraphBench graph = new GraphBench(kernels, output);
    Map<String, Bench> parameters = graph.parameters();
    assertThat(parameters).hasSize(4);
    parameters.forEach((name, bench) -> bench.set(last(name), test.values(inFile(name))));
    Bench arrays = new Bench(kernels, new Add(Activation.NONE), shape, shape);
    long batch = test.shape("input")[0];
    INDArray values = arrays.array(test.values("input"), batch, shape);
    INDArray found = graph.forward(Map.of(input, values), true);
    assertClose("output", arrays.values(found, shape), test.values("output"));
    INDArray gradient = arrays.array(test.values("outputGradient"), batch, shape);
    INDArray inputGradient = graph.backward(gradient, input);
    assertClose("input", arrays.values(inputGradient, shape), test.values("inputGradient"));
    parameters.forEach(
        (name, bench) ->
            assertClose(
                name, bench.gradientValues(last(name)), test.values(inFile(name) + "Gradient")));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String inFile(String name) {
    return name.substring("test.".length());
  }

  /** A sample is zero in both passes, or as PyTorch has one that is kept. */
  @ParameterizedTest
  @MethodSource("depths")
  void keepsSamplesAsPyTorchAndLeavesOthersOut(GoldenCase test, Kernels kernels) {
    Shape shape = test.sample("input");
    Layer layer = new StochasticDepth(test.settings().get("rate").asDouble());
    Bench bench = new Bench(kernels, layer, shape);
    Operation operation = layer.operation(bench);
    int batch = (int) test.shape("input")[0];
    INDArray[] inputs = {bench.array(test.values("input"), batch, shape)};
    float[] output = bench.values(operation.forward(inputs, true, bench), shape);
    INDArray gradient = bench.array(test.values("outputGradient"), batch, shape);
    float[] inputGradient = bench.values(operation.backward(gradient, bench)[0], shape);
    int kept = 0;
    for (int n = 0; n < batch; n++) {
      boolean isKept = sample(output, n, batch)[0] != 0;
      kept += isKept ? 1 : 0;
      float share = isKept ? 1 : 0;
      assertClose("output", sample(output, n, batch), wanted(test, "output", n, share));
      assertClose(
          "input", sample(inputGradient, n, batch), wanted(test, "inputGradient", n, share));
    }
    assertThat(kept).isStrictlyBetween(0, batch);
    float[] inference = bench.values(operation.forward(inputs, false, bench), shape);
    assertThat(inference).containsExactly(test.values("input"));
  }

  private static float[] wanted(GoldenCase test, String tensor, int n, float share) {
    float[] values = sample(test.values(tensor), n, (int) test.shape(tensor)[0]);
    for (int i = 0; i < values.length; i++) {
      values[i] *= share;
    }
    return values;
  }

  private static float[] sample(float[] values, int n, int batch) {
    int size = values.length / batch;
    return Arrays.copyOfRange(values, n * size, (n + 1) * size);
  }

  /** Within 4e-6 of the largest value or of 1. */
  private static void assertClose(String what, float[] actual, float[] expected) {
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).as(what).containsExactly(expected, within(4e-6f * largest));
  }
}
