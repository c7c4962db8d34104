package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The kernels of transformers against double precision, with the error stated for each. All arrays
 * are {@linkplain Views views}.
 */
final class TransformerKernelsTest {
  private static final Kernels ONEDNN = new OneDnnKernels(Parallel.onOpenMp(2));
  private static final Kernels REFERENCE = new Nd4jKernels(DataType.DOUBLE);
  private static final DropoutMask DROPOUT = new DropoutMask(0.25, 3, 5);

  /** Longest sequence, samples, heads, size; causal ones take several tiles. */
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "5,3,2,7", "33,2,3,8", "130,3,2,5", "200,1,4,3"})
  void attendsAsInDoublePrecision(int length, int batch, int heads, int size) {
    for (boolean causal : new boolean[] {false, true}) {
      for (boolean masked : new boolean[] {false, true}) {
        var geometry = new AttentionGeometry(length, heads, size, causal);
        float[] values = random(batch * length * 3 * geometry.features(), 1);
        float[] gradient = random(batch * length * geometry.features(), 2);
        float[] mask = masked ? mask(batch, length) : null;
        float[][] found = attention(ONEDNN, geometry, batch, values, mask, gradient);
        float[][] wanted = attention(REFERENCE, geometry, batch, values, mask, gradient);
        assertClose(found[0], wanted[0], 2e-6);
        assertClose(found[1], wanted[1], 4e-6);
      }
    }
  }

  @Test
  void attendsToTheLargestScoreHoweverLarge() {
    var geometry = new AttentionGeometry(9, 2, 4, false);
    float[] values = scaled(random(2 * 9 * 24, 1), 1e6f);
    float[] gradient = random(2 * 9 * 8, 2);
    float[][] found = attention(ONEDNN, geometry, 2, values, null, gradient);
    float[][] wanted = attention(REFERENCE, geometry, 2, values, null, gradient);
    assertClose(found[0], wanted[0], 1e-5);
  }

  @Test
  void attendsToValuesThatAreDenormal() {
    var geometry = new AttentionGeometry(9, 2, 4, false);
    float[] values = scaled(random(2 * 9 * 24, 1), 1e-40f);
    float[] gradient = random(2 * 9 * 8, 2);
    float[][] found = attention(ONEDNN, geometry, 2, values, null, gradient);
    float[][] wanted = attention(REFERENCE, geometry, 2, values, null, gradient);
    assertClose(found[0], wanted[0], 1e-4);
    assertClose(found[1], wanted[1], 4e-6);
  }

  @Test
  void attentionPassesNotANumberOnWithinItsSampleOnly() {
    var geometry = new AttentionGeometry(4, 1, 2, false);
    float[] values = random(2 * 4 * 6, 1);
    values[0] = Float.NaN;
    float[] output = attention(ONEDNN, geometry, 2, values, null, random(2 * 4 * 2, 2))[0];
    assertThat(output[0]).isNaN();
    for (int i = 8; i < output.length; i++) {
      assertThat(output[i]).isFinite();
    }
  }

  private static float[][] attention(
      Kernels kernels,
      AttentionGeometry geometry,
      int batch,
      float[] values,
      float[] maskValues,
      float[] gradientValues) {
    INDArray input = array(kernels, values, batch, geometry.length(), 3 * geometry.features());
    INDArray gradient =
        array(kernels, gradientValues, batch, geometry.length(), geometry.features());
    INDArray mask =
        maskValues == null ? null : array(kernels, maskValues, batch, geometry.length());
    INDArray output = like(kernels, gradient);
    INDArray inputGradient = like(kernels, input);
    AttentionKernel attention = kernels.attention(geometry);
    attention.forward(input, mask, DROPOUT, output);
    attention.backward(input, mask, DROPOUT, gradient, inputGradient);
    return new float[][] {DenseArrays.read(output), DenseArrays.read(inputGradient)};
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-40, 1e-30, 1e-10, 1, 1e15})
  void normalizesVectorsOfAnySize(double size) {
    normalizes(size, 1e-5, Kernels::layerNormalization, 1e-5);
    normalizes(size, 1e-5, Kernels::rmsNormalization, 2e-6);
  }

  private static void normalizes(
      double size, double epsilon, Normalization kernel, double tolerance) {
    int features = 37;
    int rows = 19;
    float[] input = scaled(random(rows * features, 1), (float) size);
    float[][] found = normalization(ONEDNN, kernel.of(ONEDNN, features, epsilon), input);
    float[][] wanted = normalization(REFERENCE, kernel.of(REFERENCE, features, epsilon), input);
    for (int i = 0; i < found.length; i++) {
      assertClose(found[i], wanted[i], tolerance);
    }
  }

  @FunctionalInterface
  private interface Normalization {
    RowNormalizationKernel of(Kernels kernels, int features, double epsilon);
  }

  private static float[][] normalization(
      Kernels kernels, RowNormalizationKernel kernel, float[] values) {
    int features = 37;
    int rows = values.length / features;
    INDArray input = array(kernels, values, rows, features);
    INDArray weight = array(kernels, random(features, 3), features);
    INDArray bias = array(kernels, random(features, 4), features);
    INDArray gradient = array(kernels, random(values.length, 5), rows, features);
    INDArray output = like(kernels, input);
    INDArray inputGradient = like(kernels, input);
    INDArray weightGradient = like(kernels, weight);
    INDArray biasGradient = like(kernels, bias);
    kernel.forward(input, weight, bias, output);
    kernel.backward(input, weight, gradient, inputGradient, weightGradient, biasGradient);
    return new float[][] {
      DenseArrays.read(output), DenseArrays.read(inputGradient), DenseArrays.read(weightGradient)
    };
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,7", "64,33,129", "257,384,100", "1000,3,2"})
  void denseGradientsAreThoseOfDoublePrecision(int rows, int inputs, int outputs) {
    float[][] found = dense(ONEDNN, rows, inputs, outputs, 1);
    float[][] wanted = dense(REFERENCE, rows, inputs, outputs, 1);
    for (int i = 0; i < found.length; i++) {
      assertClose(found[i], wanted[i], 2e-6);
    }
  }

  /** Of inputs of 1e-40 and 1e30; a denormal has few bits. */
  @ParameterizedTest
  @CsvSource({"1e-40,1e-4", "1e30,2e-6"})
  void denseTakesTinyAndHugeInputs(float size, double tolerance) {
    float[][] found = dense(ONEDNN, 5, 33, 7, size);
    float[][] wanted = dense(REFERENCE, 5, 33, 7, size);
    for (int i = 0; i < found.length; i++) {
      assertClose(found[i], wanted[i], tolerance);
    }
  }

  private static float[][] dense(Kernels kernels, int rows, int inputs, int outputs, float size) {
    INDArray input = array(kernels, scaled(random(rows * inputs, 1), size), rows, inputs);
    INDArray weights = array(kernels, random(inputs * outputs, 2), outputs, inputs);
    INDArray gradient = array(kernels, random(rows * outputs, 3), rows, outputs);
    INDArray bias = array(kernels, scaled(random(outputs, 4), size), outputs);
    INDArray output = like(kernels, gradient);
    INDArray inputGradient = like(kernels, input);
    INDArray weightGradient = like(kernels, weights);
    INDArray biasGradient = like(kernels, bias);
    DenseKernel dense = kernels.dense(inputs, outputs, Activation.NONE);
    dense.forward(input, weights, bias, output);
    dense.backward(input, weights, output, gradient, inputGradient, weightGradient, biasGradient);
    return new float[][] {
      DenseArrays.read(output),
      DenseArrays.read(inputGradient),
      DenseArrays.read(weightGradient),
      DenseArrays.read(biasGradient)
    };
  }

  @Test
  void dropoutKeepsTheShareThatItShould() {
    int blocks = 500;
    for (double rate : new double[] {0.01, 0.1, 0.5, 0.9}) {
      long kept = 0;
      DropoutMask mask = new DropoutMask(rate, 1, 2);
      for (int block = 0; block < blocks; block++) {
        for (float factor : mask.factors(block, DropoutMask.BLOCK)) {
          assertThat(factor == 0 || factor == (float) (1 / (1 - rate))).isTrue();
          kept += factor == 0 ? 0 : 1;
        }
      }
      double count = (double) blocks * DropoutMask.BLOCK;
      double deviation = Math.sqrt(rate * (1 - rate) / count);
      assertThat(kept / count).isCloseTo(1 - rate, within(4 * deviation));
    }
  }

  @Test
  void dropoutOfNeighboursAndBlocksIsUnrelated() {
    DropoutMask mask = new DropoutMask(0.5, 1, 2);
    int blocks = 200;
    int neighbours = 0;
    int alike = 0;
    float[] before = mask.factors(blocks, DropoutMask.BLOCK);
    for (int block = 0; block < blocks; block++) {
      float[] factors = mask.factors(block, DropoutMask.BLOCK);
      for (int i = 1; i < factors.length; i++) {
        neighbours += factors[i] == factors[i - 1] ? 1 : -1;
        alike += factors[i] == before[i] ? 1 : -1;
      }
      before = factors;
    }
    double deviation = Math.sqrt((double) blocks * DropoutMask.BLOCK);
    assertThat((double) neighbours).isCloseTo(0, within(4 * deviation));
    assertThat((double) alike).isCloseTo(0, within(4 * deviation));
  }

  private static INDArray array(Kernels kernels, float[] values, long... shape) {
    INDArray array = Views.of(kernels.dataType(), shape);
    DenseArrays.write(values, array);
    return array;
  }

  private static INDArray like(Kernels kernels, INDArray array) {
    return Views.of(kernels.dataType(), array.shape());
  }

  private static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] scaled(float[] values, float size) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= size;
    }
    return values;
  }

  /** Ones, then zeros: the first key always counts. */
  private static float[] mask(int batch, int length) {
    float[] mask = new float[batch * length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % length <= (length - 1) * (i / length + 1) / batch ? 1 : 0;
    }
    return mask;
  }

  /** Within {@code tolerance} of the largest value wanted. */
  private static void assertClose(float[] found, float[] wanted, double tolerance) {
    double largest = Float.MIN_VALUE;
    double difference = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      double apart = Math.abs((double) found[i] - wanted[i]);
      difference = Double.isNaN(apart) ? Double.NaN : Math.max(difference, apart);
    }
    assertThat(found).hasSameSizeAs(wanted);
    assertThat(difference / largest).isLessThan(tolerance);
  }
}
