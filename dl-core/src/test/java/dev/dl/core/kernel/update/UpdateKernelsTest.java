package dev.dl.core.kernel.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.Views;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The kernels in Java against ND4J's operations in double precision. All vectors are {@linkplain
 * Views views}.
 */
final class UpdateKernelsTest {
  private static final WeightDecay COUPLED = new WeightDecay(0.01, false);
  private static final WeightDecay DECOUPLED = new WeightDecay(0.01, true);
  private static final Parallel PARALLEL = Parallel.of(2);

  private final UpdateKernels java = new JavaUpdateKernels(PARALLEL);
  private final UpdateKernels reference = new Nd4jUpdateKernels();

  @AfterAll
  static void closeTeam() {
    PARALLEL.close();
  }

  /** An update of five vectors: parameters, gradient, two of the optimizer, the average. */
  private record Update(String name, Kernel kernel) {
    interface Kernel {
      void apply(UpdateKernels kernels, INDArray[] state, Range range);
    }

    static Update sgd(String name, double momentum, boolean nesterov, WeightDecay decay) {
      SgdStep step = new SgdStep(0.1, momentum, nesterov, decay, 0.25);
      return new Update(
          name, (kernels, s, range) -> kernels.sgd(parameters(s), s[1], s[2], range, step));
    }

    static Update adam(String name, WeightDecay decay, long number) {
      AdamStep step = new AdamStep(0.01, 0.9, 0.999, 1e-8, decay, number, 0.25);
      return new Update(
          name, (kernels, s, range) -> kernels.adam(parameters(s), s[1], s[2], s[3], range, step));
    }

    static Update lion(String name, double weightDecay) {
      LionStep step = new LionStep(0.01, 0.9, 0.99, weightDecay, 0.25);
      return new Update(
          name, (kernels, s, range) -> kernels.lion(parameters(s), s[1], s[2], range, step));
    }

    private static Parameters parameters(INDArray[] state) {
      return new Parameters(state[0], Optional.of(new Parameters.Average(state[4], 0.75)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Update> updates() {
    return Stream.of(
        Update.sgd("sgd", 0, false, WeightDecay.NONE),
        Update.sgd("momentum", 0.9, false, COUPLED),
        Update.sgd("nesterov", 0.9, true, COUPLED),
        Update.sgd("decoupled momentum", 0.9, false, DECOUPLED),
        Update.adam("adam, first step", WeightDecay.NONE, 1),
        Update.adam("adam, decay", COUPLED, 7),
        Update.adam("adamw", DECOUPLED, 1_000_000),
        Update.lion("lion", 0),
        Update.lion("lion, decay", 0.1));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void agreesWithTheReferenceInsideTheRangeAndTouchesNothingOutside(Update update) {
    for (int length : new int[] {1, 7, 2_047, 2_049, 70_001, 200_003}) {
      for (Range range : ranges(length)) {
        double[][] values = state(length);
        INDArray[] actual = arrays(values, DataType.FLOAT);
        INDArray[] expected = arrays(values, DataType.DOUBLE);
        update.kernel.apply(java, actual, range);
        update.kernel.apply(reference, expected, range);
        for (int i = 0; i < actual.length; i++) {
          assertThat(largestDifference(actual[i], expected[i]))
              .as("vector %d of length %d, %s", i, length, range)
              .isLessThan(1e-6);
        }
      }
    }
  }

  /** Within 1e-6 of the largest value of a vector, 1e-4 of denormal gradients. */
  @ParameterizedTest
  @MethodSource("updates")
  void keepsItsAccuracyForTinyHugeAndDenormalGradients(Update update) {
    for (double size : new double[] {1e15, 1e-15, 1e-40}) {
      double[][] values = scaled(state(2_049), size);
      INDArray[] actual = arrays(values, DataType.FLOAT);
      INDArray[] expected = arrays(values, DataType.DOUBLE);
      Range range = new Range(1, 2_047);
      update.kernel.apply(java, actual, range);
      update.kernel.apply(reference, expected, range);
      for (int i = 0; i < actual.length; i++) {
        assertThat(largestDifference(actual[i], expected[i]))
            .as("vector %d of size %s", i, size)
            .isLessThanOrEqualTo(
                (size < 1e-30 ? 1e-4 : 1e-6) * largest(expected[i]) + Float.MIN_VALUE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("updates")
  void theReferenceAgreesWithItselfInFloats(Update update) {
    double[][] values = state(1_001);
    INDArray[] floats = arrays(values, DataType.FLOAT);
    INDArray[] doubles = arrays(values, DataType.DOUBLE);
    update.kernel.apply(reference, floats, new Range(3, 990));
    update.kernel.apply(reference, doubles, new Range(3, 990));
    assertThat(largestDifference(floats[0], doubles[0])).isLessThan(1e-6);
  }

  @ParameterizedTest
  @MethodSource("updates")
  void notANumberPropagates(Update update) {
    for (UpdateKernels kernels : new UpdateKernels[] {java, reference}) {
      INDArray[] state = arrays(state(100), DataType.FLOAT);
      state[1].putScalar(42, Float.NaN);
      update.kernel.apply(kernels, state, new Range(0, 100));
      for (INDArray written : new INDArray[] {state[0], state[4]}) {
        assertThat(written.getFloat(42)).isNaN();
        assertThat(written.getFloat(41)).isFinite();
      }
    }
  }

  @Test
  void lionsStepIsThatOfTheSignOfZeroTinyAndInfiniteValues() {
    LionStep step = new LionStep(0.5, 0.5, 0.5, 0, 1);
    for (UpdateKernels kernels : new UpdateKernels[] {java, reference}) {
      INDArray parameters = Nd4j.zeros(DataType.FLOAT, 1, 6);
      INDArray gradient =
          Nd4j.createFromArray(0f, -0f, 1e-44f, -1e-44f, Float.MAX_VALUE, Float.NEGATIVE_INFINITY);
      kernels.lion(
          Parameters.of(parameters),
          gradient,
          Nd4j.zeros(DataType.FLOAT, 6),
          new Range(0, 6),
          step);
      assertThat(parameters.addi(0).toFloatVector()).containsExactly(0, 0, -.5f, .5f, -.5f, .5f);
    }
  }

  @Test
  void squaredNormIsThatOfTheRangeInDoublePrecision() {
    double[] values = state(200_003)[1];
    INDArray gradient = arrays(new double[][] {values}, DataType.FLOAT)[0];
    for (Range range : ranges(values.length)) {
      double expected = 0;
      for (int i = (int) range.offset(); i < range.end(); i++) {
        expected += values[i] * values[i];
      }
      assertThat(java.squaredNorm(gradient, range)).isCloseTo(expected, within(1e-9 * expected));
      assertThat(reference.squaredNorm(gradient, range))
          .isCloseTo(expected, within(1e-9 * expected));
    }
  }

  @Test
  void squaredNormIsTheSameForAnyNumberOfThreads() {
    INDArray gradient = arrays(state(300_001), DataType.FLOAT)[1];
    Range range = new Range(5, 299_990);
    double expected = java.squaredNorm(gradient, range);
    for (int threads : new int[] {1, 2, 3, 7}) {
      try (Parallel parallel = Parallel.of(threads)) {
        assertThat(new JavaUpdateKernels(parallel).squaredNorm(gradient, range))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void averagesMoveByTheRestOfTheDecay() {
    for (UpdateKernels kernels : new UpdateKernels[] {java, reference}) {
      INDArray average = Nd4j.createFromArray(1f, 2f, 3f);
      kernels.ema(new Parameters.Average(average, 0.75), Nd4j.createFromArray(3f, 2f, -1f));
      assertThat(average.toFloatVector()).containsExactly(1.5f, 2f, 2f);
    }
  }

  @Test
  void updatesAViewInsideALargerBuffer() {
    INDArray memory = Nd4j.zeros(DataType.FLOAT, 1, 10);
    INDArray view = memory.get(NDArrayIndex.all(), NDArrayIndex.interval(4, 7));
    for (UpdateKernels kernels : new UpdateKernels[] {java, reference}) {
      kernels.ema(new Parameters.Average(view, 0.5), Nd4j.ones(DataType.FLOAT, 1, 3));
    }
    assertThat(memory.toFloatVector()).containsExactly(0, 0, 0, 0, .75f, .75f, .75f, 0, 0, 0);
  }

  @Test
  void rejectsWhatIsNotDenseOrDoesNotFit() {
    INDArray columns = Nd4j.zeros(DataType.FLOAT, 4, 4);
    INDArray dense = Nd4j.zeros(DataType.FLOAT, 4);
    assertThatThrownBy(() -> java.ema(half(columns.getColumn(1)), dense))
        .hasMessage("array of shape [4] and strides [4], expected dense row-major");
    assertThatThrownBy(() -> java.ema(half(dense), Nd4j.zeros(DataType.FLOAT, 5)))
        .hasMessage("array of 4 elements, expected 5");
    assertThatThrownBy(() -> java.ema(half(dense), dense.castTo(DataType.DOUBLE)))
        .hasMessage("vector: got one of FLOAT beside one of DOUBLE, expected equal types");
    assertThatThrownBy(() -> java.squaredNorm(dense, new Range(2, 3)))
        .hasMessage("range: got an end of 5, expected at most 4");
    assertThatThrownBy(() -> java.squaredNorm(dense.castTo(DataType.DOUBLE), new Range(0, 4)))
        .hasMessageStartingWith("vector: got 4 of DOUBLE, expected");
  }

  private static Parameters.Average half(INDArray average) {
    return new Parameters.Average(average, 0.5);
  }

  /** Not a proof: prints what one step costs, to be compared with a copy of the same memory. */
  @Test
  @Tag("slow")
  void printsTheTimeOfAStepOverTenMillionParameters() {
    INDArray[] state = new INDArray[5];
    for (int i = 0; i < state.length; i++) {
      state[i] = Nd4j.rand(DataType.FLOAT, 1, 10_000_000);
    }
    Range all = new Range(0, state[0].length());
    Parameters parameters = Parameters.of(state[0]);
    Parameters.Average average = new Parameters.Average(state[4], 0.999);
    Parameters followed = new Parameters(state[0], Optional.of(average));
    AdamStep adam = new AdamStep(1e-6, 0.9, 0.999, 1e-8, DECOUPLED, 10, 1);
    SgdStep sgd = new SgdStep(1e-6, 0.9, true, COUPLED, 1);
    print("adam", () -> java.adam(parameters, state[1], state[2], state[3], all, adam));
    LionStep lion = new LionStep(1e-6, 0.9, 0.99, 0.1, 1);
    print("lion", () -> java.lion(parameters, state[1], state[2], all, lion));
    print("lion, ND4J", () -> reference.lion(parameters, state[1], state[2], all, lion));
    print("adam, ND4J", () -> reference.adam(parameters, state[1], state[2], state[3], all, adam));
    print("sgd", () -> java.sgd(parameters, state[1], state[2], all, sgd));
    print("adam and ema", () -> java.adam(followed, state[1], state[2], state[3], all, adam));
    print("ema", () -> java.ema(average, state[0]));
    print("norm", () -> java.squaredNorm(state[1], all));
    print("copy, ND4J", () -> state[0].assign(state[1]));
  }

  private static void print(String name, Runnable work) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 40; i++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    System.out.printf(Locale.ROOT, "%s: %.1f ms%n", name, best);
  }

  /** NaN where either has one. */
  private static double largestDifference(INDArray actual, INDArray expected) {
    double[] a = actual.toDoubleVector();
    double[] b = expected.toDoubleVector();
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private static double largest(INDArray values) {
    return values.amaxNumber().doubleValue();
  }

  private static Range[] ranges(int length) {
    int third = length / 3;
    return new Range[] {
      new Range(0, length), new Range(third, length - third), new Range(third, third)
    };
  }

  /** Parameters, gradient, velocity, a second moment above zero, average; all exact in float. */
  private static double[][] state(int length) {
    Random random = new Random(length);
    double[][] state = new double[5][length];
    for (int i = 0; i < length; i++) {
      state[0][i] = (float) random.nextGaussian();
      state[1][i] = (float) random.nextGaussian();
      state[2][i] = (float) random.nextGaussian() / 8;
      state[3][i] = random.nextFloat() + 0.5f;
      state[4][i] = (float) random.nextGaussian();
    }
    return state;
  }

  /** All but the second moment, which is of the square of the size; still exact in float. */
  private static double[][] scaled(double[][] state, double size) {
    double[] factors = {size, size, size, size * size, size};
    for (int i = 0; i < state.length; i++) {
      for (int j = 0; j < state[i].length; j++) {
        state[i][j] = (float) (state[i][j] * factors[i]);
      }
    }
    return state;
  }

  private static INDArray[] arrays(double[][] values, DataType type) {
    return Stream.of(values)
        .map(row -> Views.of(type, 1, row.length).assign(Nd4j.createFromArray(row).reshape(1, -1)))
        .toArray(INDArray[]::new);
  }
}
