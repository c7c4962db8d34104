package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.NormalizationKernel.Running;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution that a normalization is folded into, against the two apart in double precision. All
 * arrays are {@linkplain Views views}.
 */
final class NormalizedConvolutionTest {
  private static final double EPSILON = 1e-5;

  /** Largest error over largest value. */
  private static final double ERROR = 5e-6;

  private static final Kernels REFERENCE = new Nd4jKernels(DataType.DOUBLE);
  private static final List<Kernels> KERNELS =
      List.of(
          new OneDnnKernels(Parallel.onOpenMp(2)),
          new OneDnnKernels(Parallel.onOpenMp(2), ConvolutionRule.DIRECT),
          new Nd4jKernels(DataType.FLOAT),
          new Nd4jKernels(DataType.DOUBLE));

  private static final List<Kernels> ONEDNN = KERNELS.subList(0, 2);

  @ParameterizedTest
  @CsvSource({
    // inputs, outputs, groups, size, stride, bias, activation, batch
    "3, 5, 1, 3, 1, true, NONE, 2",
    "16, 24, 1, 3, 1, false, RELU, 4",
    "64, 64, 1, 3, 1, false, RELU, 16", // by Winograd's algorithm
    "64, 64, 1, 3, 1, true, NONE, 16",
    "64, 64, 1, 3, 1, true, RELU6, 16",
    "17, 13, 1, 1, 1, true, RELU6, 3",
    "17, 13, 1, 1, 2, false, TANH, 3",
    "12, 12, 12, 3, 1, false, RELU6, 2",
    "12, 12, 12, 5, 2, true, LEAKY_RELU, 2",
    "12, 18, 3, 3, 1, false, RELU, 2",
    "12, 18, 3, 3, 2, true, SIGMOID, 2",
    "256, 600, 1, 1, 1, false, RELU, 6", // folded by two tasks
    "96, 80, 1, 3, 2, false, RELU6, 1" // more weights than pixels
  })
  void agreesWithTheTwoApart(
      int inputs,
      int outputs,
      int groups,
      int size,
      int stride,
      boolean bias,
      Activation activation,
      int batch) {
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(
            new ImageShape(inputs, 9, 7),
            outputs,
            Window.centred(size, stride),
            groups,
            bias,
            Activation.NONE);
    Case test = Case.random(geometry, activation, batch);
    float[] expected = test.apart(REFERENCE);
    for (Kernels kernels : KERNELS) {
      assertThat(error(test.folded(kernels), expected)).as(kernels.name()).isLessThan(ERROR);
    }
  }

  @ParameterizedTest
  @CsvSource({"1e30, 1e-30", "1e-30, 1e30", "1e-25, 1", "1e30, 1"})
  void keepsItsAccuracyAtExtremeScales(float ofInput, float ofWeights) {
    for (Activation activation : new Activation[] {Activation.NONE, Activation.RELU}) {
      Case test = Case.random(square(16), activation, 4);
      scale(test.values.get("input"), ofInput);
      scale(test.values.get("weights"), ofWeights);
      scale(test.values.get("bias"), ofInput * ofWeights);
      scale(test.values.get("mean"), ofInput * ofWeights);
      scale(test.values.get("shift"), ofInput * ofWeights);
      float[] expected = test.apart(REFERENCE);
      for (Kernels kernels : ONEDNN) {
        assertThat(error(test.folded(kernels), expected)).isLessThan(ERROR);
      }
    }
  }

  @Test
  void channelsThatNeverVariedAreScaledByEpsilonAlone() {
    Case test = Case.random(square(16), Activation.NONE, 4);
    Arrays.fill(test.values.get("variance"), 0);
    Arrays.fill(test.values.get("variance"), 0, 8, 1e-40f);
    float[] expected = test.apart(REFERENCE);
    for (Kernels kernels : KERNELS) {
      assertThat(error(test.folded(kernels), expected)).as(kernels.name()).isLessThan(ERROR);
    }
  }

  @Test
  void keepsDenormalWeights() {
    Case test = Case.random(square(16), Activation.NONE, 4);
    scale(test.values.get("weights"), 1e-39f);
    scale(test.values.get("input"), 1e30f);
    for (String name : new String[] {"bias", "mean", "shift"}) {
      scale(test.values.get(name), 1e-9f);
    }
    float[] expected = test.apart(REFERENCE);
    assertThat(error(test.folded(ONEDNN.get(0)), expected)).isLessThan(1e-4);
  }

  /** oneDNN's own ReLU makes zero of a NaN, and so does ND4J's. */
  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      mode = Mode.EXCLUDE,
      names = {"GELU", "GELU_TANH", "SILU", "HARD_SIGMOID", "STEEP_HARD_SIGMOID", "HARD_SWISH"})
  void hidesNoNan(Activation activation) {
    int cases = 0;
    for (ConvolutionGeometry geometry : List.of(square(16), depthwise(16), square(64))) {
      for (int batch : new int[] {1, 16}) {
        for (Kernels kernels : ONEDNN) {
          Placed placed = new Placed(Case.random(geometry, activation, batch), kernels);
          for (INDArray array : placed.arrays.values()) {
            FloatBuffer values = DenseArrays.buffer(array);
            float kept = values.get(3);
            values.put(3, Float.NaN);
            assertThat(placed.fold()).contains(Float.NaN);
            values.put(3, kept);
            cases++;
          }
        }
      }
    }
    assertThat(cases).isEqualTo(3 * 2 * 7 * ONEDNN.size());
  }

  @Test
  void clipsExactly() {
    ConvolutionGeometry one =
        new ConvolutionGeometry(
            new ImageShape(1, 2, 4), 1, Window.centred(1, 1), 1, false, Activation.NONE);
    Case test = Case.random(one, Activation.RELU6, 1);
    float[] inputs = {-1e30f, -7, -1e-30f, 0, 1e-30f, 0.1f, 6.5f, 1e30f};
    test.values.put("input", inputs);
    test.values.put("weights", new float[] {1});
    test.values.put("scale", new float[] {1});
    test.values.put("shift", new float[] {0});
    test.values.put("mean", new float[] {0});
    test.values.put("variance", new float[] {(float) (1 - EPSILON)});
    float[] outputs = test.folded(ONEDNN.get(0));
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] += 0f; // a negative zero is as good
    }
    assertThat(outputs).containsExactly(0, 0, 0, 0, 1e-30f, 0.1f, 6, 6);
  }

  @Test
  void readsWeightsAndStatisticsAnewInEachCallAndChangesNone() {
    for (Kernels kernels : KERNELS) {
      Case test = Case.random(square(16), Activation.RELU, 4);
      Placed placed = new Placed(test, kernels);
      placed.fold();
      for (String name : List.of("weights", "bias", "scale", "shift", "mean", "variance")) {
        float[] values = test.values.get(name);
        assertThat(DenseArrays.read(placed.arrays.get(name))).containsExactly(values);
        scale(values, 1.5f);
        DenseArrays.write(values, placed.arrays.get(name));
        assertThat(error(placed.fold(), test.apart(REFERENCE)))
            .as("%s after %s", kernels.name(), name)
            .isLessThan(ERROR);
      }
    }
  }

  @Test
  void resultIsTheSameForAnyNumberOfThreads() {
    Case test = Case.random(square(160), Activation.RELU, 30);
    try (Parallel one = Parallel.of(1);
        Parallel three = Parallel.of(3)) {
      assertThat(test.folded(new OneDnnKernels(three)))
          .containsExactly(test.folded(new OneDnnKernels(one)));
    }
  }

  @Test
  void refusesAConvolutionWithAnActivation() {
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(
            new ImageShape(4, 5, 5), 4, Window.centred(3, 1), 1, true, Activation.RELU);
    var normalization = new NormalizationGeometry(geometry.output(), EPSILON, 0.1, Activation.NONE);
    for (Kernels kernels : KERNELS) {
      assertThatThrownBy(() -> kernels.normalizedConvolution(geometry, normalization))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("RELU");
    }
  }

  private static ConvolutionGeometry square(int channels) {
    return new ConvolutionGeometry(
        new ImageShape(channels, 8, 8), channels, Window.centred(3, 1), 1, true, Activation.NONE);
  }

  private static ConvolutionGeometry depthwise(int channels) {
    return new ConvolutionGeometry(
        new ImageShape(channels, 8, 8),
        channels,
        Window.centred(3, 1),
        channels,
        true,
        Activation.NONE);
  }

  private static void scale(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static double error(float[] actual, float[] expected) {
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs((double) actual[i] - expected[i]));
    }
    return error / largest;
  }

  /**
   * A convolution with its normalization.
   *
   * @param values by name, images channels first
   */
  private record Case(
      ConvolutionGeometry convolution,
      NormalizationGeometry normalization,
      int batch,
      Map<String, float[]> values) {

    static Case random(ConvolutionGeometry geometry, Activation activation, int batch) {
      Random random = new Random(1);
      int channels = geometry.outputs();
      Map<String, float[]> values = new LinkedHashMap<>();
      values.put("input", normal(random, batch * geometry.input().size()));
      values.put("weights", normal(random, channels * geometry.weightsPerOutput()));
      values.put("bias", normal(random, channels));
      values.put("scale", normal(random, channels));
      values.put("shift", normal(random, channels));
      values.put("mean", normal(random, channels));
      float[] variance = normal(random, channels);
      for (int c = 0; c < channels; c++) {
        variance[c] = geometry.weightsPerOutput() * (0.1f + variance[c] * variance[c]);
      }
      values.put("variance", variance);
      var normalization = new NormalizationGeometry(geometry.output(), EPSILON, 0.1, activation);
      return new Case(geometry, normalization, batch, values);
    }

    private static float[] normal(Random random, int length) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return values;
    }

    float[] folded(Kernels kernels) {
      return new Placed(this, kernels).fold();
    }

    float[] apart(Kernels kernels) {
      return new Placed(this, kernels).apart();
    }
  }

  /** A case as arrays of some kernels. */
  private static final class Placed {
    private final Case test;
    private final Kernels kernels;
    private final Map<String, INDArray> arrays = new LinkedHashMap<>();
    private final INDArray output;
    private final NormalizedConvolutionKernel folded;

    Placed(Case test, Kernels kernels) {
      this.test = test;
      this.kernels = kernels;
      test.values.forEach((name, values) -> arrays.put(name, array(name, values)));
      output = images(test.convolution.output());
      folded = kernels.normalizedConvolution(test.convolution, test.normalization);
    }

    private INDArray array(String name, float[] values) {
      if (name.equals("input")) {
        INDArray input = images(test.convolution.input());
        kernels.layout().write(values, test.convolution.input(), input);
        return input;
      }
      long[] shape =
          name.equals("weights") ? test.convolution.weightShape() : new long[] {values.length};
      INDArray array = Views.of(kernels.dataType(), shape);
      DenseArrays.write(values, array);
      return array;
    }

    private INDArray images(ImageShape image) {
      return Views.of(kernels.dataType(), kernels.layout().arrayShape(test.batch, image));
    }

    float[] fold() {
      folded.forward(
          arrays.get("input"), arrays.get("weights"), bias(), affine(), running(), output);
      return channelsFirst();
    }

    float[] apart() {
      kernels
          .convolution(test.convolution)
          .forward(arrays.get("input"), arrays.get("weights"), bias(), output);
      kernels
          .batchNormalization(test.normalization)
          .forwardInference(output, affine(), running(), output);
      return channelsFirst();
    }

    private INDArray bias() {
      return test.convolution.bias() ? arrays.get("bias") : null;
    }

    private Affine affine() {
      return new Affine(arrays.get("scale"), arrays.get("shift"));
    }

    private Running running() {
      return new Running(arrays.get("mean"), arrays.get("variance"));
    }

    private float[] channelsFirst() {
      ImageShape image = test.convolution.output();
      INDArray flat = Views.of(kernels.dataType(), test.batch, image.size());
      kernels.flatten(image, output, flat);
      return DenseArrays.read(flat);
    }
  }
}
