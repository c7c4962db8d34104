package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** oneDNN's activations and their gradients against their formulas in double precision. */
final class ActivationKernelsTest {
  private static final Parallel PARALLEL = Parallel.onOpenMp(2);
  private static final Kernels ONEDNN = new OneDnnKernels(PARALLEL);
  private static final int[] LENGTHS = {1, 7, 33, 4_099};
  private static final int[] OFFSETS = {0, 1, 3};

  /** What lies around a view, not to be changed. */
  private static final float AROUND = 9;

  private static final float[] EXTREMES = {
    0, 1e-45f, 1e-40f, 2e-38f, 1e-30f, 1e-10f, 20, 100, 1e4f, 1e10f, 1e15f, 1e30f, Float.MAX_VALUE
  };

  @AfterAll
  static void closeTeam() {
    PARALLEL.close();
  }

  /** What is above both errors that are found, with room for other processors. */
  private record Error(double ofValue, double ofGradient) {
    static Error of(Activation activation) {
      return switch (activation) {
        case NONE, RELU, RELU6 -> new Error(0, 0);
        case LEAKY_RELU -> new Error(1e-7, 1e-7);
        case SIGMOID, TANH, HARD_SIGMOID, STEEP_HARD_SIGMOID, HARD_SWISH -> new Error(2e-7, 2e-7);
        case GELU -> new Error(1e-6, 1e-6);
        case SILU -> new Error(4e-7, 6e-7);
        case GELU_TANH -> new Error(2e-7, 6e-7);
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void agreesWithItsFormulaForAnyLengthAndPlace(Activation activation) {
    for (int length : LENGTHS) {
      for (int offset : OFFSETS) {
        requireCloseToFormula(activation, random(length), offset);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void agreesWithItsFormulaForTheSmallestAndLargestValues(Activation activation) {
    float[] both = new float[2 * EXTREMES.length];
    for (int i = 0; i < EXTREMES.length; i++) {
      both[2 * i] = EXTREMES[i];
      both[2 * i + 1] = -EXTREMES[i];
    }
    requireCloseToFormula(activation, both, 1);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void takesInfinitiesToTheirLimitsWhereTheFormulaHasOne(Activation activation) {
    for (float x : new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float wanted = (float) value(activation, x);
      float found = activated(activation, view(new float[] {1, x, 2}, 0))[1];
      if (activation == Activation.GELU && overflows(x)) {
        assertThat(found).isNotFinite();
      } else if (!Float.isNaN(wanted)) {
        assertThat(found).as("of %s", x).isEqualTo(wanted);
      }
    }
  }

  /** All but those whose loops, oneDNN's and ND4J's alike, make one of their limits of it. */
  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RELU", "RELU6", "HARD_SIGMOID", "STEEP_HARD_SIGMOID"})
  void passesNotANumberOn(Activation activation) {
    float[] found = activated(activation, view(new float[] {1, Float.NaN, 2}, 0));
    assertThat(found[1]).isNaN();
    assertThat(found[0]).isFinite();
    assertThat(found[2]).isFinite();
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void passesAGradientThatIsNotANumberOn(Activation activation) {
    INDArray gradient = view(new float[] {1, Float.NaN, 2}, 0);
    INDArray inputGradient = gradient.ulike();
    INDArray values = view(new float[] {0.5f, 0.5f, 0.5f}, 0);
    ONEDNN.activationGradient(activation, values, gradient, inputGradient);
    assertThat(DenseArrays.read(inputGradient)[1]).isNaN();
    assertThat(DenseArrays.read(inputGradient)[2]).isFinite();
  }

  /** Where oneDNN's GELU for AVX-512 doubles its input before it halves it. */
  private static boolean overflows(float x) {
    return x > Float.MAX_VALUE / 2;
  }

  private static void requireCloseToFormula(Activation activation, float[] inputs, int offset) {
    Error error = Error.of(activation);
    INDArray input = view(inputs, offset);
    float[] outputs = activated(activation, input);
    for (int i = 0; i < inputs.length; i++) {
      double wanted = value(activation, inputs[i]);
      double size = Math.max(Math.abs(wanted), Math.min(1, Math.abs(inputs[i])));
      if (activation == Activation.GELU && overflows(inputs[i])) {
        assertThat(outputs[i]).isGreaterThanOrEqualTo(inputs[i]);
        continue;
      }
      // Results that are denormal may be zero.
      assertThat(Math.abs(outputs[i] - wanted))
          .as("value of %s", inputs[i])
          .isLessThanOrEqualTo(error.ofValue * size + Float.MIN_NORMAL);
    }
    float[] values = activation.gradientFollowsFromOutput() ? outputs : inputs;
    float[] gradients = random(inputs.length);
    INDArray found = view(new float[inputs.length], offset);
    ONEDNN.activationGradient(activation, view(values, offset), view(gradients, offset + 1), found);
    float[] inputGradients = DenseArrays.read(found);
    for (int i = 0; i < inputs.length; i++) {
      double wanted = gradients[i] * derivative(activation, values[i]);
      assertThat(Math.abs(inputGradients[i] - wanted))
          .as("gradient at %s", inputs[i])
          .isLessThanOrEqualTo(
              error.ofGradient * Math.max(Math.abs(gradients[i]), Math.abs(wanted))
                  + Float.MIN_NORMAL);
    }
  }

  /** The values, whether they go elsewhere or replace the input; nothing else is changed. */
  private static float[] activated(Activation activation, INDArray input) {
    int length = (int) input.length();
    INDArray whole = Nd4j.valueArrayOf(new long[] {length + 2}, AROUND, DataType.FLOAT);
    ONEDNN.activate(activation, input, whole.get(NDArrayIndex.interval(1, length + 1)));
    INDArray replaced = view(DenseArrays.read(input), 0);
    ONEDNN.activate(activation, replaced, replaced);
    float[] all = DenseArrays.read(whole);
    float[] values = Arrays.copyOfRange(all, 1, length + 1);
    assertThat(all).startsWith(AROUND).endsWith(AROUND);
    assertThat(DenseArrays.read(replaced)).containsExactly(values);
    return values;
  }

  private static double value(Activation activation, double x) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> Math.max(x, 0);
      case RELU6 -> Math.min(Math.max(x, 0), 6);
      case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
      case SIGMOID -> logistic(x);
      case TANH -> Math.tanh(x);
      case GELU -> x * normalDistribution(x);
      case GELU_TANH -> x * (1 + Math.tanh(inner(x))) / 2;
      case SILU -> x * logistic(x);
      case HARD_SIGMOID -> Math.min(Math.max(x + 3, 0), 6) / 6;
      case STEEP_HARD_SIGMOID -> Math.min(Math.max(x / 5 + 0.5, 0), 1);
      case HARD_SWISH -> x * Math.min(Math.max(x + 3, 0), 6) / 6;
    };
  }

  /**
   * @param v output where the gradient follows from it, else input
   */
  private static double derivative(Activation activation, double v) {
    return switch (activation) {
      case NONE -> 1;
      case RELU -> v > 0 ? 1 : 0;
      case RELU6 -> v > 0 && v < 6 ? 1 : 0;
      case LEAKY_RELU -> v > 0 ? 1 : 0.01;
      case SIGMOID -> v * (1 - v);
      case TANH -> 1 - v * v;
      case GELU -> normalDistribution(v) + v * Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI);
      case GELU_TANH -> {
        double tanh = Math.tanh(inner(v));
        double slope = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * v * v);
        yield (1 + tanh + v * (1 - tanh * tanh) * slope) / 2;
      }
      case SILU -> logistic(v) * (1 + v * logistic(-v));
      case HARD_SIGMOID -> Math.abs(v) < 3 ? 1.0 / 6 : 0;
      case STEEP_HARD_SIGMOID -> Math.abs(v) < 2.5 ? 0.2 : 0;
      case HARD_SWISH -> v <= -3 ? 0 : v >= 3 ? 1 : (2 * v + 3) / 6;
    };
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double inner(double x) {
    return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  private static double normalDistribution(double x) {
    return (1 + Nd4j.math().erf(Nd4j.scalar(x / Math.sqrt(2))).getDouble(0)) / 2;
  }

  /** Begins somewhere in a larger array. */
  private static INDArray view(float[] values, int offset) {
    INDArray whole = DenseArrays.allocate(DataType.FLOAT, values.length + offset + 1L);
    INDArray view = whole.get(NDArrayIndex.interval(offset, offset + values.length));
    DenseArrays.write(values, view);
    return view;
  }

  private static float[] random(int length) {
    Random random = new Random(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 4 * (float) random.nextGaussian();
    }
    return values;
  }
}
