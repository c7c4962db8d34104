package dev.dl.models.layer;

import static dev.dl.models.layer.GoldenBench.requireClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Cross-entropy agrees with PyTorch. */
final class GoldenLossTest {

  static Stream<Arguments> cases() {
    return GoldenBench.each(Stream.of("cross-entropy"));
  }

  @Test
  void noCaseIsLeftOut() {
    assertThat(cases()).hasSize(5 * GoldenBench.KERNELS.size());
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void losesAsPyTorch(GoldenCase test, Kernels kernels) {
    long[] shape = test.shape("logits");
    INDArray logits = DenseArrays.allocate(kernels.dataType(), shape);
    INDArray labels = DenseArrays.allocate(kernels.dataType(), shape[0]);
    INDArray gradient = DenseArrays.allocate(kernels.dataType(), shape);
    DenseArrays.write(test.values("logits"), logits);
    DenseArrays.write(test.values("labels"), labels);
    double smoothing = test.number("labelSmoothing");
    LossResult result =
        kernels.loss(new Loss.SoftmaxCrossEntropy(smoothing), logits, labels, gradient);
    // PyTorch's values are of the mean over the batch, ours of the sum.
    assertThat(result.sum() / shape[0])
        .isCloseTo(test.values("loss")[0], within(1e-5 * Math.max(1, result.sum())));
    requireClose(
        "logitsGradient",
        scaled(DenseArrays.read(gradient), 1f / shape[0]),
        test.values("logitsGradient"));
  }

  private static float[] scaled(float[] values, float factor) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i] * factor;
    }
    return result;
  }
}
