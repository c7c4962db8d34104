package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

final class CrossEntropyTest {
  private static final float[] LOGITS = {1, 2, -1, 0, 3, 0.5f, -2, 1, 1, 4, 0, 0};

  private static final double LOSS = 3.4849885165163794;
  private static final float[] GRADIENT = {
    0.22616313f,
    0.67205118f,
    -0.89821431f,
    0,
    0,
    0,
    0,
    0,
    0,
    0.03132982f,
    -0.01566491f,
    -0.01566491f
  };

  static Stream<Kernels> kernels() {
    return Stream.of(
        new OneDnnKernels(Parallel.onOpenMp(2)),
        new Nd4jKernels(DataType.FLOAT),
        new Nd4jKernels(DataType.DOUBLE));
  }

  /**
   * Two sequences of two rows, by {@code torch.nn.functional.cross_entropy(logits, torch.tensor([2,
   * -100, -100, 0]), reduction="sum", label_smoothing=0.1)} of PyTorch 1.13 in double precision.
   */
  @ParameterizedTest
  @MethodSource("kernels")
  void leavesOutRowsWithoutALabel(Kernels kernels) {
    INDArray logits = DenseArrays.allocate(kernels.dataType(), 2, 2, 3);
    INDArray labels = DenseArrays.allocate(kernels.dataType(), 4);
    INDArray gradient = DenseArrays.allocate(kernels.dataType(), 2, 2, 3);
    DenseArrays.write(LOGITS, logits);
    DenseArrays.write(new float[] {2, -1, -100, 0}, labels);
    LossResult result = kernels.loss(new Loss.SoftmaxCrossEntropy(0.1), logits, labels, gradient);
    assertThat(result.sum()).isCloseTo(LOSS, within(1e-5));
    assertThat(result.counted()).isEqualTo(2);
    assertThat(result.correct()).isEqualTo(1);
    assertThat(DenseArrays.read(gradient)).containsExactly(GRADIENT, within(1e-6f));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theLossOfLogitsFarApartIsTheirDistance(Kernels kernels) {
    INDArray logits = DenseArrays.allocate(kernels.dataType(), 1, 3);
    INDArray gradient = DenseArrays.allocate(kernels.dataType(), 1, 3);
    DenseArrays.write(new float[] {-1e4f, 1e4f, -1e30f}, logits);
    INDArray label = DenseArrays.allocate(kernels.dataType(), 1);
    assertThat(kernels.loss(new Loss.SoftmaxCrossEntropy(0), logits, label, gradient).sum())
        .isEqualTo(2e4);
    assertThat(DenseArrays.read(gradient)).containsExactly(-1, 1, 0);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aWeightBeyondFloatsSpoilsTheRowsOfItsClassOnly(Kernels kernels) {
    INDArray logits = DenseArrays.allocate(kernels.dataType(), 3, 3);
    INDArray labels = DenseArrays.allocate(kernels.dataType(), 3);
    DenseArrays.write(new float[] {1, 2, -1, 1, 2, -1, 1, 2, -1}, logits);
    DenseArrays.write(new float[] {0, 2, 1}, labels);
    float[][] gradients = new float[2][];
    for (double weight : new double[] {1, 1e300}) {
      INDArray gradient = DenseArrays.allocate(kernels.dataType(), 3, 3);
      Loss loss = new Loss.SoftmaxCrossEntropy(0, List.of(1.0, 1.0, weight));
      kernels.loss(loss, logits, labels, gradient);
      gradients[weight == 1 ? 0 : 1] = DenseArrays.read(gradient);
    }
    for (int i = 0; i < 9; i++) {
      if (i / 3 == 1) {
        assertThat(gradients[1][i]).isNotFinite();
      } else {
        assertThat(gradients[1][i]).isEqualTo(gradients[0][i]);
      }
    }
  }
}
