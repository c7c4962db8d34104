package dev.dl.core.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.Views;
import dev.dl.core.kernel.Window;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batches that go image by image against the same images a few at a time, as a whole; {@code
 * KernelAccuracyTest} compares that way with double precision. All arrays are {@linkplain Views
 * views}.
 */
final class ImageByImageTest {
  private static final double ERROR = 2e-6;
  private static final int FEW = 3;
  private static final Parallel PARALLEL = Parallel.onOpenMp(2);
  private static final OneDnnKernels KERNELS = new OneDnnKernels(PARALLEL);

  @ParameterizedTest
  @CsvSource({
    // channels, outputs, size, kernel, stride, batch, forward, backward
    "144, 144, 32, 3, 1, 64, true, true", // depthwise
    "144, 144, 32, 3, 2, 64, true, false", // reads four times what it writes
    "192, 192, 16, 3, 1, 64, false, true", // 24 MiB forward, 36 MiB backward
    "576, 576, 8, 3, 1, 64, false, false", // fits into the cache
    "144, 144, 32, 3, 1, 16, false, false",
    "24, 144, 32, 1, 1, 64, false, true", // widens
    "144, 24, 32, 1, 1, 64, true, false", // narrows
    "96, 96, 112, 3, 1, 64, false, false", // an image of 9 MiB
    "64, 128, 32, 3, 1, 64, false, false", // not depthwise
  })
  void followsFromTheShapes(
      int channels,
      int outputs,
      int size,
      int kernel,
      int stride,
      int batch,
      boolean forward,
      boolean backward) {
    var images =
        new ImageByImage(PARALLEL, geometry(channels, outputs, size, kernel, stride), () -> null);
    assertThat(images.paysForward(batch)).isEqualTo(PARALLEL.isOpenMp() && forward);
    assertThat(images.paysBackward(batch)).isEqualTo(PARALLEL.isOpenMp() && backward);
  }

  @ParameterizedTest
  @CsvSource({
    // channels, outputs, size, kernel, batch
    "72, 72, 33, 3, 61",
    "24, 90, 33, 1, 61",
    "90, 24, 33, 1, 79",
  })
  void agreesWithTheWholeBatch(int channels, int outputs, int size, int kernel, int batch) {
    ConvolutionGeometry geometry = geometry(channels, outputs, size, kernel, 1);
    Passes large = Passes.random(geometry, batch);
    ConvolutionKernel convolution = KERNELS.convolution(geometry);
    large.run(convolution);
    double[] weightGradient = new double[(int) large.weights.length()];
    for (int first = 0; first < batch; first += FEW) {
      Passes few = large.slice(first, Math.min(FEW, batch - first));
      few.run(convolution);
      requireClose(few.output, large.output, first);
      requireClose(few.inputGradient, large.inputGradient, first);
      float[] part = DenseArrays.read(few.weightGradient);
      Arrays.setAll(weightGradient, i -> weightGradient[i] + part[i]);
    }
    requireClose(weightGradient, DenseArrays.read(large.weightGradient), 0);
  }

  @Test
  void givesTheSameBitsAgain() {
    ConvolutionGeometry geometry = geometry(72, 72, 33, 3, 1);
    Passes passes = Passes.random(geometry, 61);
    passes.run(KERNELS.convolution(geometry));
    float[] first = DenseArrays.read(passes.weightGradient);
    passes.run(KERNELS.convolution(geometry));
    assertThat(DenseArrays.read(passes.weightGradient)).isEqualTo(first);
  }

  private static ConvolutionGeometry geometry(
      int channels, int outputs, int size, int kernel, int stride) {
    return new ConvolutionGeometry(
        new ImageShape(channels, size, size),
        outputs,
        Window.centred(kernel, stride),
        kernel == 3 && channels == outputs ? channels : 1,
        false,
        Activation.NONE);
  }

  /** The values of {@code few} images against those of the large batch from {@code first} on. */
  private static void requireClose(INDArray few, INDArray large, int first) {
    float[] expected = DenseArrays.read(few);
    double[] exact = new double[expected.length];
    Arrays.setAll(exact, i -> expected[i]);
    int start = first * exact.length / (int) few.size(0);
    float[] all = DenseArrays.read(large);
    requireClose(exact, Arrays.copyOfRange(all, start, start + exact.length), first);
  }

  private static void requireClose(double[] expected, float[] actual, int first) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(actual[i] - expected[i]) / largest;
      if (!(error < ERROR)) {
        assertThat(actual[i]).as("value %d from image %d on", i, first).isEqualTo(expected[i]);
      }
    }
  }

  /** Arguments and results of one convolution. */
  private record Passes(
      INDArray input,
      INDArray weights,
      INDArray outputGradient,
      INDArray output,
      INDArray inputGradient,
      INDArray weightGradient) {

    static Passes random(ConvolutionGeometry geometry, int batch) {
      return of(
          random(1, shape(batch, geometry.input())),
          random(2, geometry.weightShape()),
          random(3, shape(batch, geometry.output())));
    }

    private static Passes of(INDArray input, INDArray weights, INDArray outputGradient) {
      return new Passes(
          input,
          weights,
          outputGradient,
          Views.of(DataType.FLOAT, outputGradient.shape()),
          Views.of(DataType.FLOAT, input.shape()),
          Views.of(DataType.FLOAT, weights.shape()));
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

    Passes slice(int first, int count) {
      return of(slice(input, first, count), weights, slice(outputGradient, first, count));
    }

    private static INDArray slice(INDArray images, int first, int count) {
      int size = (int) (images.length() / images.size(0));
      float[] all = DenseArrays.read(images);
      long[] shape = images.shape().clone();
      shape[0] = count;
      return Views.of(Arrays.copyOfRange(all, first * size, (first + count) * size), shape);
    }

    void run(ConvolutionKernel convolution) {
      convolution.forward(input, weights, null, output);
      convolution.backward(
          input, weights, output, outputGradient, inputGradient, weightGradient, null);
    }
  }
}
