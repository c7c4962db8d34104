package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** That the values are right, dl-models compares with PyTorch. */
final class LossTest {
  private static final Loss BINARY = new Loss.BinaryCrossEntropy();
  private static final Loss SOFTMAX = new Loss.SoftmaxCrossEntropy(0);

  static Stream<Kernels> kernels() {
    return Stream.of(new OneDnnKernels(Parallel.onOpenMp(2)), new Nd4jKernels(DataType.DOUBLE));
  }

  static Stream<Loss> losses() {
    return Stream.of(
        new Loss.SoftmaxCrossEntropy(0.1, List.of(0.5, 1.0, 2.0, 1.5, 1.0)),
        new Loss.Focal(2, List.of(0.5, 1.0, 2.0, 1.5, 1.0)),
        new Loss.Focal(0.5, List.of()),
        BINARY,
        new Loss.SquaredError(),
        new Loss.AbsoluteError(),
        new Loss.Huber(0.5));
  }

  static Stream<Arguments> lossesOnKernels() {
    return losses().flatMap(loss -> kernels().map(kernels -> Arguments.of(loss, kernels)));
  }

  private record Run(LossResult result, float[] gradient) {
    static Run of(Kernels kernels, Loss loss, float[] outputs, int width, float... targets) {
      long rows = outputs.length / width;
      INDArray gradient = array(kernels, new float[outputs.length], rows, width);
      LossResult result =
          kernels.loss(
              loss,
              array(kernels, outputs, rows, width),
              array(kernels, targets, rows, targets.length / rows),
              gradient);
      return new Run(result, DenseArrays.read(gradient));
    }

    private static INDArray array(Kernels kernels, float[] values, long... shape) {
      INDArray array = DenseArrays.allocate(kernels.dataType(), shape);
      DenseArrays.write(values, array);
      return array;
    }
  }

  private static boolean ofClasses(Loss loss) {
    return loss instanceof Loss.SoftmaxCrossEntropy || loss instanceof Loss.Focal;
  }

  /** Of 77 rows of 5: relative to the largest within 1e-6, as everything is computed in double. */
  @ParameterizedTest
  @MethodSource("losses")
  void agreesWithDoublePrecision(Loss loss) {
    boolean classes = ofClasses(loss);
    Random random = new Random(3);
    for (double scale : new double[] {1, 100, 1e-30, 1e-40}) {
      float[] outputs = new float[77 * 5];
      float[] targets = new float[77 * (classes ? 3 : 5)];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = (float) (random.nextGaussian() * scale);
      }
      for (int i = 0; i < targets.length; i++) {
        boolean label = classes && i % 3 < 2;
        targets[i] = label ? random.nextInt(5) : random.nextInt(9) / 8f;
      }
      Run found = Run.of(new OneDnnKernels(Parallel.onOpenMp(2)), loss, outputs, 5, targets);
      Run wanted = Run.of(new Nd4jKernels(DataType.DOUBLE), loss, outputs, 5, targets);
      double sum = wanted.result.sum();
      assertThat(found.result.sum()).isCloseTo(sum, within(1e-6 * Math.abs(sum)));
      assertThat(found.result.correct()).isEqualTo(wanted.result.correct());
      assertThat(found.result.counted()).isEqualTo(77);
      float largest = 0;
      for (float value : wanted.gradient) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(largest).isPositive();
      assertThat(found.gradient).containsExactly(wanted.gradient, within(1e-6f * largest));
    }
  }

  @ParameterizedTest
  @MethodSource("lossesOnKernels")
  void passesANanOn(Loss loss, Kernels kernels) {
    float[] outputs = new float[10];
    outputs[1] = Float.NaN;
    boolean classes = ofClasses(loss);
    float[] targets = new float[classes ? 2 : 10];
    Run run = Run.of(kernels, loss, outputs, 5, targets);
    assertThat(run.result.sum()).isNaN();
    assertThat(run.result.correct()).isLessThan(2);
    assertThat(run.gradient[1]).isNaN();
    assertThat(run.gradient[7]).isNotNaN();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void largeLogitsNeitherOverflowNorVanish(Kernels kernels) {
    Run binary = Run.of(kernels, BINARY, new float[] {1e30f, -1e30f, 200}, 1, 0, 0, 1);
    assertThat(binary.result.sum()).isCloseTo(1e30, within(1e24));
    assertThat(binary.gradient).containsExactly(1, 0, 0);
  }

  @Test
  void largeLogitsOfClassesDoNotOverflow() {
    Kernels kernels = new OneDnnKernels(Parallel.onOpenMp(2));
    Run softmax = Run.of(kernels, SOFTMAX, new float[] {1e30f, -1e30f}, 2, 0);
    assertThat(softmax.result.sum()).isZero();
    assertThat(softmax.gradient).containsExactly(0, 0);
  }

  @Test
  void focalLossOfLogitsFarApartIsFiniteAndOfOneThatIsSureNothing() {
    Kernels kernels = new OneDnnKernels(Parallel.onOpenMp(2));
    for (double gamma : new double[] {0, 0.5, 2}) {
      Loss focal = new Loss.Focal(gamma, List.of());
      Run run = Run.of(kernels, focal, new float[] {1e30f, -1e30f, -1e4f, 1e4f}, 2, 0, 0);
      assertThat(run.result.sum()).isEqualTo(2e4);
      assertThat(run.gradient).containsExactly(0, 0, -1, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void focalLossWithoutGammaIsCrossEntropy(Kernels kernels) {
    float[] logits = {2, 1, 0, -1, 0.5f, 3};
    Run focal = Run.of(kernels, new Loss.Focal(0, List.of()), logits, 3, 1, -1);
    Run softmax = Run.of(kernels, SOFTMAX, logits, 3, 1, -1);
    assertThat(focal.result.sum()).isCloseTo(softmax.result.sum(), within(1e-12));
    assertThat(focal.result.counted()).isEqualTo(1);
    assertThat(focal.gradient).containsExactly(softmax.gradient, within(1e-7f));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aRowOfLabelsIsCorrectIfAllAre(Kernels kernels) {
    Run run = Run.of(kernels, BINARY, new float[] {2, -1, 3, 1, -2, -2}, 2, 1, 0, 1, 0, 0, 0);
    assertThat(run.result.correct()).isEqualTo(2);
    assertThat(run.result.counted()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aMixIsCorrectIfItsLargerShareIs(Kernels kernels) {
    float[] logits = {2, 1, 0, 2, 1, 0, 2, 1, 0};
    Run run = Run.of(kernels, SOFTMAX, logits, 3, 0, 1, 0.75f, 1, 0, 0.75f, 1, 0, 0.25f);
    assertThat(run.result.correct()).isEqualTo(2);
    assertThat(run.result.counted()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void noNumberIsEverCorrect(Kernels kernels) {
    Run run = Run.of(kernels, new Loss.SquaredError(), new float[] {1, 2}, 1, 1, 2);
    assertThat(run.result).isEqualTo(new LossResult(0, 0, 2));
  }

  @Test
  void gammaIsNotNegative() {
    assertThatThrownBy(() -> new Loss.Focal(-1, List.of())).hasMessageContaining("at least 0");
  }

  @Test
  void aThresholdIsPositive() {
    assertThatThrownBy(() -> new Loss.Huber(0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Loss.Huber(Double.NaN)).hasMessageContaining("above 0");
  }
}
