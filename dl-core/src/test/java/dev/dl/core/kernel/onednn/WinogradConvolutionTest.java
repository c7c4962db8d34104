package dev.dl.core.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.Views;
import dev.dl.core.kernel.Window;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Winograd's algorithm against the definition in double precision. All arrays are {@linkplain Views
 * views}.
 */
final class WinogradConvolutionTest {
  /** Largest error over largest value; float32's own rounding is 6e-8. */
  private static final double ERROR = 5e-6;

  private static final OneDnnEngine ENGINE = new OneDnnEngine();
  private static final Parallel PARALLEL = Parallel.onOpenMp(2);
  private static final WinogradConvolution.Scratch SCRATCH = new WinogradConvolution.Scratch();

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, 1",
    "3, 5, 7, 6, 2, 1",
    "17, 3, 4, 4, 1, 1",
    "5, 17, 9, 13, 2, 0",
    "1, 3, 3, 3, 1, 0",
    "4, 6, 5, 2, 3, 2",
    "32, 64, 14, 14, 3, 1",
    "80, 72, 8, 8, 2, 1",
    "4, 4, 64, 64, 29, 1" // more than one chunk, the last a smaller one
  })
  void agreesWithDoublePrecision(
      int inputs, int outputs, int height, int width, int batch, int padding) {
    Random random = new Random(1);
    for (boolean fused : new boolean[] {false, true}) {
      var geometry = geometry(inputs, outputs, height, width, padding, fused);
      new Passes(geometry, batch, random, 1, 1).requireError(ERROR);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1e30f, 1e-30f})
  void keepsItsAccuracyAtExtremeScales(float scale) {
    var geometry = geometry(8, 8, 9, 9, 1, true);
    new Passes(geometry, 2, new Random(2), scale, 1).requireError(ERROR);
    new Passes(geometry, 2, new Random(2), 1, scale).requireError(ERROR);
  }

  @Test
  void keepsDenormalNumbers() {
    new Passes(geometry(8, 8, 9, 9, 1, true), 2, new Random(3), 1e-40f, 1).requireError(1e-3);
  }

  @Test
  void spreadsNanNoFurtherThanTheTilesThatSeeIt() {
    ConvolutionGeometry geometry = geometry(2, 2, 12, 12, 1, false);
    Passes passes = new Passes(geometry, 1, new Random(4), 1, 1);
    passes.input[(4 * 12 + 4) * 2] = Float.NaN; // seen by four tiles of nine
    float[] output = passes.run().output;
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 12; x++) {
        boolean sees = Math.abs(y - 4) <= 1 && Math.abs(x - 4) <= 1;
        boolean sharesTile = y < 8 && x < 8;
        float value = output[(y * 12 + x) * 2];
        if (sees) {
          assertThat(value).isNaN();
        } else if (!sharesTile) {
          assertThat(value).isFinite();
        }
      }
    }
    assertThat(passes.run().weightGradient).contains(Float.NaN);
  }

  @Test
  void givesTheSameBitsAgain() {
    Passes passes = new Passes(geometry(24, 24, 33, 33, 1, true), 5, new Random(5), 1, 1);
    Results first = passes.run();
    Results second = passes.run();
    assertThat(second.output).isEqualTo(first.output);
    assertThat(second.inputGradient).isEqualTo(first.inputGradient);
    assertThat(second.weightGradient).isEqualTo(first.weightGradient);
    assertThat(second.biasGradient).isEqualTo(first.biasGradient);
  }

  @Test
  void leavesTheInputGradientOutWhenNobodyNeedsIt() {
    Passes passes = new Passes(geometry(8, 8, 9, 9, 1, true), 2, new Random(6), 1, 1);
    assertThat(passes.run(false, true).weightGradient).isEqualTo(passes.run().weightGradient);
  }

  @Test
  void leavesTheGradientsOfTheWeightsOutWhenNobodyNeedsThem() {
    Passes passes = new Passes(geometry(8, 8, 9, 9, 1, true), 2, new Random(7), 1, 1);
    Results found = passes.run(true, false);
    assertThat(found.inputGradient).isEqualTo(passes.run().inputGradient);
    assertThat(found.weightGradient).isNull();
    assertThat(found.biasGradient).isNull();
  }

  private static ConvolutionGeometry geometry(
      int inputs, int outputs, int height, int width, int padding, boolean fused) {
    return new ConvolutionGeometry(
        new ImageShape(inputs, height, width),
        outputs,
        Window.of(3, 1, padding),
        1,
        fused,
        fused ? Activation.RELU : Activation.NONE);
  }

  private record Results(
      float[] output, float[] inputGradient, float[] weightGradient, float[] biasGradient) {}

  /** One convolution with random arguments. */
  private static final class Passes {
    private final ConvolutionGeometry geometry;
    private final int batch;
    private final float[] input;
    private final float[] weights;
    private final float[] bias;
    private final float[] outputGradient;

    Passes(
        ConvolutionGeometry geometry, int batch, Random random, float scale, float gradientScale) {
      this.geometry = geometry;
      this.batch = batch;
      int inputs = geometry.input().channels();
      input = random(random, batch * geometry.input().size(), scale);
      weights = random(random, 9 * inputs * geometry.outputs(), 1);
      bias = geometry.bias() ? random(random, geometry.outputs(), scale) : null;
      outputGradient = random(random, batch * geometry.output().size(), gradientScale);
    }

    private static float[] random(Random random, int length, float scale) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = (float) (scale * random.nextGaussian());
      }
      return values;
    }

    Results run() {
      return run(true, true);
    }

    Results run(boolean withInputGradient, boolean withWeightGradient) {
      var kernel = new WinogradConvolution(ENGINE, geometry, PARALLEL, SCRATCH);
      INDArray inputs = Views.of(input, batch, input.length / batch);
      INDArray weightValues = Views.of(weights, weights.length);
      INDArray output = Views.of(DataType.FLOAT, outputGradient.length);
      INDArray inputGradient = withInputGradient ? Views.of(DataType.FLOAT, input.length) : null;
      INDArray weightGradient =
          withWeightGradient ? Views.of(DataType.FLOAT, weights.length) : null;
      INDArray biasGradient =
          bias != null && withWeightGradient ? Views.of(DataType.FLOAT, bias.length) : null;
      kernel.forward(
          inputs, weightValues, bias == null ? null : Views.of(bias, bias.length), output);
      kernel.backward(
          inputs,
          weightValues,
          output,
          Views.of(outputGradient, outputGradient.length),
          inputGradient,
          weightGradient,
          biasGradient);
      return new Results(
          DenseArrays.read(output), read(inputGradient), read(weightGradient), read(biasGradient));
    }

    private static float[] read(INDArray array) {
      return array == null ? null : DenseArrays.read(array);
    }

    void requireError(double most) {
      ExactConvolution exact = new ExactConvolution(geometry, batch);
      Results found = run();
      requireError(most, found.output, exact.forward(input, weights, bias));
      requireError(
          most, found.inputGradient, exact.inputGradient(weights, found.output, outputGradient));
      requireError(
          most, found.weightGradient, exact.weightGradient(input, found.output, outputGradient));
      if (bias != null) {
        requireError(most, found.biasGradient, exact.biasGradient(found.output, outputGradient));
      }
    }

    private static void requireError(double most, float[] found, double[] expected) {
      double largest = 0;
      double error = 0;
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i]));
        error = Math.max(error, Math.abs(found[i] - expected[i]));
      }
      assertThat(error).isLessThanOrEqualTo(most * largest);
    }
  }
}
