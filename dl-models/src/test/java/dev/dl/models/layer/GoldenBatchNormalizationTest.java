package dev.dl.models.layer;

import static dev.dl.models.layer.GoldenBench.requireClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Kernels;
import dev.dl.models.graph.Node;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalization agrees with PyTorch over two steps, running statistics and all. */
final class GoldenBatchNormalizationTest {

  static Stream<Arguments> cases() {
    return GoldenBench.each(Stream.of("batch-normalization"));
  }

  @Test
  void noCaseIsLeftOut() {
    assertThat(cases()).hasSize(8 * GoldenBench.KERNELS.size());
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void normalizesAsPyTorch(GoldenCase test, Kernels kernels) {
    boolean training = test.flag("training");
    Node node = GoldenGraphs.of(test);
    Shape shape = node.shape();
    Bench bench = new Bench(kernels, node.layer(), shape);
    bench.set("weight", test.values("weight"));
    bench.set("bias", test.values("bias"));
    Operation operation = node.layer().operation(bench);
    int channels = shape.sizes().get(0);
    bench.setBuffer("running_mean", new float[channels]);
    bench.setBuffer("running_var", ones(channels));
    if (!training) {
      bench.setBuffer("running_mean", test.values("runningMean"));
      bench.setBuffer("running_var", test.values("runningVariance"));
      INDArray input = bench.array(test.values("input"), test.shape("input")[0], shape);
      INDArray output = operation.forward(new INDArray[] {input}, false, bench);
      requireClose("output", bench.values(output, shape), test.values("output"));
      return;
    }
    for (int step = 1; step <= 2; step++) {
      long batch = test.shape("input" + step)[0];
      INDArray input = bench.array(test.values("input" + step), batch, shape);
      INDArray output = operation.forward(new INDArray[] {input}, true, bench);
      requireClose("output", bench.values(output, shape), test.values("output" + step));
      INDArray gradient = bench.array(test.values("outputGradient" + step), batch, shape);
      INDArray inputGradient = operation.backward(gradient, bench)[0];
      requireClose(
          "inputGradient", bench.values(inputGradient, shape), test.values("inputGradient" + step));
      requireClose(
          "weightGradient", bench.gradientValues("weight"), test.values("weightGradient" + step));
      requireClose(
          "biasGradient", bench.gradientValues("bias"), test.values("biasGradient" + step));
      requireClose("mean", bench.bufferValues("running_mean"), test.values("runningMean" + step));
      requireClose(
          "variance", bench.bufferValues("running_var"), test.values("runningVariance" + step));
    }
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }
}
