package dev.dl.models.layer;

import static dev.dl.models.layer.GoldenBench.requireClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Stochastic depth agrees with PyTorch where a sample is not left out. */
final class GoldenStochasticDepthTest {

  static Stream<Arguments> cases() {
    return GoldenBench.each(Stream.of("stochastic-depth"));
  }

  @Test
  void noCaseIsLeftOut() {
    assertThat(cases()).hasSize(3 * GoldenBench.KERNELS.size());
  }

  /** A sample is zero in both passes, or as PyTorch has one that is kept. */
  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void keepsSamplesAsPyTorchAndLeavesOthersOut(GoldenCase test, Kernels kernels) {
    Shape shape = test.sample("input");
    Layer layer = GoldenGraphs.of(test).layer();
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
      requireClose("output", sample(output, n, batch), wanted(test, "output", n, share));
      requireClose(
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
}
