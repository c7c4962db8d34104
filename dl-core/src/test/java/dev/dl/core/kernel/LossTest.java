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
        new Loss.Distillation(new Loss.SoftmaxCrossEntropy(0.1), 2, 0.25),
        new Loss.Distillation(new Loss.Focal(2, List.of()), 0.5, 1),
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
    return loss instanceof Loss.SoftmaxCrossEntropy
        || loss instanceof Loss.Focal
        || loss instanceof Loss.Distillation;
  }

  /** Of a row of five outputs. */
  private static int targets(Loss loss, int ofClass) {
    int hard = ofClasses(loss) ? ofClass : 0;
    return loss instanceof Loss.Distillation || hard == 0 ? hard + 5 : hard;
  }

  /** Of 77 rows of 5: relative to the largest within 1e-6, as everything is computed in double. */
  @ParameterizedTest
  @MethodSource("losses")
  void agreesWithDoublePrecision(Loss loss) {
    boolean classes = ofClasses(loss);
    Random random = new Random(3);
    for (double scale : new double[] {1, 100, 1e-30, 1e-40}) {
      float[] outputs = new float[77 * 5];
      int width = targets(loss, 3);
      float[] targets = new float[77 * width];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = (float) (random.nextGaussian() * scale);
      }
      for (int i = 0; i < targets.length; i++) {
        boolean label = classes && i % width < 2;
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
    Run run = Run.of(kernels, loss, outputs, 5, new float[2 * targets(loss, 1)]);
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

  /** Of the first row; the second has no class. */
  @Test
  void theGradientOfDistillationIsThatOfFiniteDifferences() {
    Loss loss = new Loss.Distillation(new Loss.SoftmaxCrossEntropy(0.1), 3, 0.6);
    Kernels kernels = new Nd4jKernels(DataType.DOUBLE);
    float[] targets = {2, 1, -2, 0.5f, -1, 4, 4, 4};
    float[] logits = {0.5f, -1, 2, 1, 2, 3};
    Run run = Run.of(kernels, loss, logits, 3, targets);
    assertThat(run.result.counted()).isEqualTo(1);
    assertThat(run.result.correct()).isEqualTo(1);
    float step = 1 / 1024f;
    for (int i = 0; i < logits.length; i++) {
      float[] above = logits.clone();
      float[] below = logits.clone();
      above[i] += step;
      below[i] -= step;
      double difference =
          Run.of(kernels, loss, above, 3, targets).result.sum()
              - Run.of(kernels, loss, below, 3, targets).result.sum();
      assertThat((double) run.gradient[i]).isCloseTo(difference / (2 * step), within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aTeacherOfTheSameLogitsOrWithoutAShareChangesNothing(Kernels kernels) {
    float[] logits = {2, 1, 0, -1, 0.5f, 3};
    float[] targets = {1, 2, 1, 0, 0, -1, 0.5f, 3};
    Run hard = Run.of(kernels, SOFTMAX, logits, 3, 1, 0);
    Run same = Run.of(kernels, new Loss.Distillation(SOFTMAX, 4, 0.75), logits, 3, targets);
    assertThat(same.result.sum()).isCloseTo(hard.result.sum() / 4, within(1e-9));
    targets[1] = 9;
    Run none = Run.of(kernels, new Loss.Distillation(SOFTMAX, 4, 0), logits, 3, targets);
    assertThat(none.result).isEqualTo(hard.result);
    assertThat(none.gradient).containsExactly(hard.gradient);
  }

  @Test
  void distillationIsOfClassesWithATemperatureAndAShare() {
    assertThatThrownBy(() -> new Loss.Distillation(BINARY, 2, 0.5)).hasMessageContaining("classes");
    assertThatThrownBy(() -> new Loss.Distillation(SOFTMAX, 0, 0.5))
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Loss.Distillation(SOFTMAX, 2, 1.5)).hasMessageContaining("0 to 1");
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
