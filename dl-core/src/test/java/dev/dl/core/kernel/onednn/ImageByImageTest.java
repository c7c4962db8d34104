package dev.dl.core.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.ConvolutionRule.Algorithm;
import dev.dl.core.kernel.ConvolutionRule.Pass;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.Views;
import dev.dl.core.kernel.Window;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batches that go image by image against the same as a whole, which {@code KernelAccuracyTest}
 * compares with double precision. All arrays are {@linkplain Views views}.
 */
final class ImageByImageTest {
  private static final double ERROR = 2e-6;

  /** Of sums of some 70,000 products in another order. */
  private static final double PARAMETER_ERROR = 1e-5;

  private static final Parallel PARALLEL = Parallel.onOpenMp(2);
  private static final OneDnnKernels KERNELS = new OneDnnKernels(PARALLEL);
  private static final OneDnnKernels WHOLE =
      new OneDnnKernels(PARALLEL, ConvolutionRule.LEAST_COST);

  @ParameterizedTest
  @CsvSource({
    // channels, outputs, kernel, bias, activation, batch
    "72, 72, 3, false, NONE, 61",
    "72, 72, 3, true, RELU6, 61",
    "24, 90, 1, false, NONE, 61",
    "24, 90, 1, true, RELU, 61",
    "90, 24, 1, false, NONE, 79",
  })
  void agreesWithTheWholeBatch(
      int channels, int outputs, int kernel, boolean bias, Activation activation, int batch) {
    ConvolutionGeometry geometry = geometry(channels, outputs, kernel, bias, activation);
    Pass pass = channels > outputs ? Pass.FORWARD : Pass.BACKWARD;
    assertThat(ConvolutionRule.CURRENT.algorithm(geometry, pass, batch))
        .isEqualTo(Algorithm.IMAGE_BY_IMAGE);
    Passes passes = new Passes(geometry, batch);
    Results expected = passes.run(WHOLE);

    Results actual = passes.run(KERNELS);

    requireClose(expected.output, actual.output, ERROR);
    requireClose(expected.inputGradient, actual.inputGradient, ERROR);
    requireClose(expected.weightGradient, actual.weightGradient, PARAMETER_ERROR);
    if (bias) {
      requireClose(expected.biasGradient, actual.biasGradient, PARAMETER_ERROR);
    }
  }

  @Test
  void computesOneGradientWithoutTheOther() {
    ConvolutionGeometry geometry = geometry(72, 72, 3, true, Activation.NONE);
    Passes passes = new Passes(geometry, 61);
    Results both = passes.run(KERNELS);

    Results ofWeights = passes.run(KERNELS, false, true);
    Results ofInput = passes.run(KERNELS, true, false);

    assertThat(ofWeights.weightGradient).isEqualTo(both.weightGradient);
    assertThat(ofWeights.biasGradient).isEqualTo(both.biasGradient);
    assertThat(ofInput.inputGradient).isEqualTo(both.inputGradient);
  }

  @Test
  void givesTheSameBitsAgain() {
    Passes passes = new Passes(geometry(72, 72, 3, true, Activation.NONE), 61);
    Results first = passes.run(KERNELS);

    Results second = passes.run(KERNELS);

    assertThat(second.weightGradient).isEqualTo(first.weightGradient);
    assertThat(second.biasGradient).isEqualTo(first.biasGradient);
  }

  private static ConvolutionGeometry geometry(
      int channels, int outputs, int kernel, boolean bias, Activation activation) {
    return new ConvolutionGeometry(
        new ImageShape(channels, 33, 33),
        outputs,
        Window.centred(kernel, 1),
        kernel == 3 ? channels : 1,
        bias,
        activation);
  }

  private static void requireClose(float[] expected, float[] actual, double tolerance) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs((double) actual[i] - expected[i]) / largest;
      if (!(error < tolerance)) {
        assertThat(actual[i]).as("value %d", i).isEqualTo(expected[i]);
      }
    }
  }

  private record Results(
      float[] output, float[] inputGradient, float[] weightGradient, float[] biasGradient) {}

  /** Arguments of one convolution. */
  private static final class Passes {
    private final ConvolutionGeometry geometry;
    private final long[] imageShape;
    private final long[] outputShape;
    private final INDArray input;
    private final INDArray weights;
    private final INDArray bias;
    private final INDArray outputGradient;

    Passes(ConvolutionGeometry geometry, int batch) {
      this.geometry = geometry;
      this.imageShape = shape(batch, geometry.input());
      this.outputShape = shape(batch, geometry.output());
      this.input = random(1, imageShape);
      this.weights = random(2, geometry.weightShape());
      this.bias = geometry.bias() ? random(4, geometry.outputs()) : null;
      this.outputGradient = random(3, outputShape);
    }

    Results run(OneDnnKernels kernels) {
      return run(kernels, true, true);
    }

    /** Gradients that are not wanted stay zero. */
    Results run(OneDnnKernels kernels, boolean ofInput, boolean ofWeights) {
      var convolution = kernels.convolution(geometry);
      INDArray output = Views.of(DataType.FLOAT, outputShape);
      INDArray inputGradient = Views.of(DataType.FLOAT, imageShape);
      INDArray weightGradient = Views.of(DataType.FLOAT, geometry.weightShape());
      INDArray biasGradient = Views.of(DataType.FLOAT, geometry.outputs());
      convolution.forward(input, weights, bias, output);
      convolution.backward(
          input,
          weights,
          output,
          Views.of(DenseArrays.read(outputGradient), outputShape),
          ofInput ? inputGradient : null,
          ofWeights ? weightGradient : null,
          ofWeights && bias != null ? biasGradient : null);
      return new Results(
          DenseArrays.read(output),
          DenseArrays.read(inputGradient),
          DenseArrays.read(weightGradient),
          DenseArrays.read(biasGradient));
    }

    private static long[] shape(int batch, ImageShape image) {
      return new long[] {batch, image.height(), image.width(), image.channels()};
    }

    private static INDArray random(long seed, long... shape) {
      INDArray array = Views.of(DataType.FLOAT, shape);
      Random random = new Random(seed);
      float[] values = new float[(int) array.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      DenseArrays.write(values, array);
      return array;
    }
  }
}
