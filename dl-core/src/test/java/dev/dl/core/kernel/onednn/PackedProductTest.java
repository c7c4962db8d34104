package dev.dl.core.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.NativeMemory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Also on processors for which the plain product is taken. */
final class PackedProductTest {
  private final OneDnnEngine engine = new OneDnnEngine();

  private static INDArray random(int seed, long... shape) {
    INDArray array = DenseArrays.allocate(DataType.FLOAT, shape);
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(array.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    DenseArrays.write(values, array);
    return array;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1,true",
    "5,3,7,false",
    "512,65,33,true",
    "600,384,100,true",
    "513,100,384,false"
  })
  void isThatOfDoublePrecision(int rows, int inputs, int outputs, boolean hasBias) {
    PackedProduct product =
        new PackedProduct(engine, rows, inputs, outputs, hasBias, Activation.NONE);
    INDArray input = random(1, rows, inputs);
    INDArray bias = random(3, outputs);
    INDArray output = random(4, rows, outputs);
    for (int time = 0; time < 2; time++) { // the second time with other weights
      INDArray weights = random(10 + time, outputs, inputs);
      product.run(input, weights, hasBias ? bias : null, output);
      float[] found = DenseArrays.read(output);
      double[] wanted = product(input, weights, hasBias ? bias : null);
      double largest = 0;
      for (double value : wanted) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i]).isCloseTo(wanted[i], within(2e-6 * largest));
      }
    }
  }

  private static double[] product(INDArray input, INDArray weights, INDArray bias) {
    float[] left = DenseArrays.read(input);
    float[] right = DenseArrays.read(weights);
    int inputs = (int) input.size(1);
    int outputs = (int) weights.size(0);
    double[] sums = new double[left.length / inputs * outputs];
    for (int i = 0; i < sums.length; i++) {
      double sum = bias == null ? 0 : bias.getFloat(i % outputs);
      for (int k = 0; k < inputs; k++) {
        sum += (double) left[i / outputs * inputs + k] * right[i % outputs * inputs + k];
      }
      sums[i] = sum;
    }
    return sums;
  }

  @Test
  void activatesInTheSamePass() {
    INDArray input = random(1, 512, 40);
    INDArray weights = random(2, 24, 40);
    INDArray linear = random(3, 512, 24);
    INDArray rectified = random(4, 512, 24);
    new PackedProduct(engine, 512, 40, 24, false, Activation.NONE)
        .run(input, weights, null, linear);
    new PackedProduct(engine, 512, 40, 24, false, Activation.RELU)
        .run(input, weights, null, rectified);
    float[] expected = DenseArrays.read(linear);
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.max(0, expected[i]);
    }
    assertThat(DenseArrays.read(rectified)).containsExactly(expected);
  }

  @Test
  void sharesItsMemoryWithOthersOfTheThread() {
    INDArray input = random(1, 512, 256);
    long before = NativeMemory.scratchBytes();
    INDArray wide = random(3, 512, 512);
    new PackedProduct(engine, 512, 256, 512, false, Activation.NONE)
        .run(input, random(2, 512, 256), null, wide);
    long ofOne = NativeMemory.scratchBytes() - before;
    assertThat(ofOne).isGreaterThanOrEqualTo(512L * 256 * Float.BYTES);
    INDArray narrow = random(3, 512, 128);
    new PackedProduct(engine, 512, 256, 128, false, Activation.NONE)
        .run(input, random(2, 128, 256), null, narrow);
    assertThat(NativeMemory.scratchBytes() - before).isEqualTo(ofOne);
  }

  @Test
  void fewRowsDoNotPay() {
    assertThat(PackedProduct.pays(64)).isFalse();
  }
}
