package dev.dl.core.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.NormalizationGeometry;
import dev.dl.core.kernel.NormalizationKernel;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.NormalizationKernel.Running;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.Views;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The forward pass against double precision. All arrays are {@linkplain Views views}. */
final class ChannelNormalizationTest {
  private static final double EPSILON = 1e-5;

  /** Errors are relative to the deviation of the outputs, 1 here. */
  @ParameterizedTest
  @CsvSource({
    // channels, height, width, batch, mean, deviation, largest error
    "1, 1, 1, 2, 0, 1, 2e-6",
    "3, 5, 7, 2, 0, 1, 2e-6",
    "64, 9, 9, 40, 0.5, 2, 2e-6",
    "17, 31, 33, 5, -3, 0.1, 1e-5",
    "1500, 3, 2, 4, 0, 1, 2e-6",
    "24, 32, 32, 8, 1000, 1, 2e-4",
    "8, 16, 16, 8, 0, 1e15, 2e-6",
    "8, 16, 16, 8, 1e-20, 1e-20, 2e-6",
  })
  void agreesWithDoublePrecision(
      int channels,
      int height,
      int width,
      int batch,
      double mean,
      double deviation,
      double largestError) {
    ImageShape image = new ImageShape(channels, height, width);
    Random random = new Random(1);
    float[] x = new float[batch * image.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (mean + deviation * random.nextGaussian());
    }
    double[] expected = normalized(x, channels);
    float[] actual = normalize(image, Activation.NONE, x);
    for (int i = 0; i < x.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).as("value %d", i).isLessThan(largestError);
    }
    float[] clipped = normalize(image, Activation.RELU6, x);
    for (int i = 0; i < x.length; i++) {
      assertThat(clipped[i]).isEqualTo(Math.min(Math.max(actual[i], 0), 6));
    }
  }

  @Test
  void runningStatisticsMoveTowardsTheMeanAndTheUnbiasedVariance() {
    float[] x = {1, 5, 2, 5, 3, 5, 6, 5}; // two channels of a 2x2 image
    INDArray mean = Views.of(new float[] {1, -1}, 2);
    INDArray variance = Views.of(new float[] {2, 4}, 2);
    INDArray input = Views.of(x, 1, 2, 2, 2);
    try (Parallel parallel = Parallel.of(2)) {
      new OneDnnKernels(parallel)
          .batchNormalization(
              new NormalizationGeometry(new ImageShape(2, 2, 2), EPSILON, 0.25, Activation.NONE))
          .forwardTraining(
              input,
              new Affine(Views.of(new float[] {1, 1}, 2), Views.of(new float[2], 2)),
              new Running(mean, variance),
              input.ulike());
    }
    // Of the first channel: mean 3, squares of the differences 4 + 1 + 0 + 9.
    assertThat(DenseArrays.read(mean)).containsExactly(1.5f, 0.5f);
    assertThat(DenseArrays.read(variance))
        .containsExactly(new float[] {0.75f * 2 + 0.25f * 14 / 3, 3}, within(1e-6f));
  }

  @Test
  void firstPixelFarFromAllOthersCostsNoDigits() {
    float[] x = new float[64 * 64];
    Random random = new Random(2);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    x[0] = 1e4f;
    double[] expected = normalized(x, 1);
    float[] actual = normalize(new ImageShape(1, 64, 64), Activation.NONE, x);
    for (int i = 0; i < x.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).isLessThan(1e-5 * expected[0]);
    }
  }

  @Test
  void oneNotANumberSpoilsItsChannelOnly() {
    float[] x = new float[2 * 4 * 4 * 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    x[4] = Float.NaN;
    float[] y = normalize(new ImageShape(2, 4, 4), Activation.RELU, x);
    for (int i = 0; i < y.length; i++) {
      assertThat(Float.isNaN(y[i])).isEqualTo(i % 2 == 0);
    }
  }

  @Test
  void constantChannelIsItsShift() {
    float[] x = new float[3 * 5 * 5];
    Arrays.fill(x, 1234.5f);
    assertThat(normalize(new ImageShape(1, 5, 5), Activation.NONE, x)).containsOnly(0);
  }

  @Test
  void resultIsTheSameForAnyNumberOfThreads() {
    ImageShape image = new ImageShape(40, 33, 31);
    Random random = new Random(3);
    float[] x = new float[6 * image.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    try (Parallel one = Parallel.of(1);
        Parallel three = Parallel.of(3)) {
      assertThat(normalize(image, Activation.NONE, x, three))
          .containsExactly(normalize(image, Activation.NONE, x, one));
    }
  }

  private static float[] normalize(ImageShape image, Activation activation, float[] x) {
    try (Parallel parallel = Parallel.of(2)) {
      return normalize(image, activation, x, parallel);
    }
  }

  private static float[] normalize(
      ImageShape image, Activation activation, float[] x, Parallel parallel) {
    int batch = x.length / image.size();
    INDArray input = Views.of(x, batch, image.height(), image.width(), image.channels());
    INDArray output = Views.of(DataType.FLOAT, input.shape());
    NormalizationKernel kernel =
        new OneDnnKernels(parallel)
            .batchNormalization(new NormalizationGeometry(image, EPSILON, 0.1, activation));
    float[] ones = new float[image.channels()];
    Arrays.fill(ones, 1);
    float[] zeros = new float[image.channels()];
    kernel.forwardTraining(
        input,
        new Affine(Views.of(ones, ones.length), Views.of(zeros, zeros.length)),
        new Running(Views.of(zeros, zeros.length), Views.of(ones, ones.length)),
        output);
    return DenseArrays.read(output);
  }

  private static double[] normalized(float[] x, int channels) {
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    int rows = x.length / channels;
    for (int i = 0; i < x.length; i++) {
      mean[i % channels] += (double) x[i] / rows;
    }
    for (int i = 0; i < x.length; i++) {
      variance[i % channels] += Math.pow(x[i] - mean[i % channels], 2) / rows;
    }
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i % channels;
      result[i] = (x[i] - mean[c]) / Math.sqrt(variance[c] + EPSILON);
    }
    return result;
  }
}
