package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's kernels of sequences beside the formulas in double precision. All arrays are {@linkplain
 * Views views}.
 */
class SequenceKernelsTest {
  private static final Kernels ONEDNN = new OneDnnKernels(Parallel.onOpenMp(2));
  private static final Kernels EXACT = new Nd4jKernels(DataType.DOUBLE);
  private static final int BATCH = 3;
  private static final int LENGTH = 11;

  /** Sequences with gaps, without anything, and whole. */
  private static final float[] MASK = {
    1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  };

  @ParameterizedTest
  @CsvSource({
    "LSTM, 7, 33, 1, 2e-6", "LSTM, 16, 8, 1, 2e-6", "LSTM, 1, 1, 1, 2e-6",
    "LSTM, 5, 9, 1e30, 2e-6", "LSTM, 5, 9, 1e-30, 2e-6", "LSTM, 5, 9, 1e-42, 2e-6",
    "GRU, 7, 33, 1, 2e-6", "GRU, 16, 8, 1, 2e-6", "GRU, 1, 1, 1, 2e-6",
    "GRU, 5, 9, 1e30, 2e-6", "GRU, 5, 9, 1e-30, 2e-6", "GRU, 5, 9, 1e-42, 2e-6",
    // Sums of hundreds are rounded to 1e-5, which a gate between its ends shows.
    "LSTM, 5, 19, 30, 2e-5", "GRU, 5, 19, 30, 2e-5"
  })
  void recursAsTheFormulas(
      RecurrentCell cell, int inputs, int hidden, float scale, double largestError) {
    RecurrentGeometry geometry = new RecurrentGeometry(cell, inputs, hidden, true);
    for (float[] mask : new float[][] {null, MASK}) {
      List<double[]> found = run(ONEDNN, geometry, scale, mask);
      List<double[]> wanted = run(EXACT, geometry, scale, mask);
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(error(found.get(i), wanted.get(i))).as("array " + i).isLessThan(largestError);
      }
    }
  }

  /** Of one sequence ND4J's views have their own ways, and those of a GPU are the same. */
  @ParameterizedTest
  @EnumSource(RecurrentCell.class)
  void recursOverOneSequence(RecurrentCell cell) {
    RecurrentGeometry geometry = new RecurrentGeometry(cell, 4, 5, true);
    float[] mask = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0};
    List<double[]> wanted = run(ONEDNN, geometry, 1, 1, mask);
    List<double[]> found = run(EXACT, geometry, 1, 1, mask);
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(error(found.get(i), wanted.get(i))).as("array " + i).isLessThan(2e-6);
    }
  }

  @ParameterizedTest
  @EnumSource(RecurrentCell.class)
  void aSequenceWithNanSpoilsNoOther(RecurrentCell cell) {
    RecurrentGeometry geometry = new RecurrentGeometry(cell, 4, 5, false);
    INDArray input = random(ONEDNN, 1, 1, BATCH, LENGTH, 4);
    input.putScalar(new int[] {0, 3, 2}, Float.NaN);
    INDArray output = Views.of(DataType.FLOAT, BATCH, LENGTH, 5);
    ONEDNN.recurrent(geometry).forward(input, null, weights(ONEDNN, geometry), output, true);
    float[] values = DenseArrays.read(output);
    for (int i = 0; i < values.length; i++) {
      assertThat(Float.isNaN(values[i])).isEqualTo(i >= 3 * 5 && i < LENGTH * 5);
    }
  }

  /** By all threads together, and with sequences enough for each, though not as many. */
  @ParameterizedTest
  @CsvSource({"LSTM, 3", "LSTM, 37", "GRU, 3", "GRU, 37"})
  void infersAsItTrains(RecurrentCell cell, int batch) {
    RecurrentGeometry geometry = new RecurrentGeometry(cell, 6, 9, true);
    INDArray input = random(ONEDNN, 1, 1, batch, LENGTH, 6);
    INDArray mask = Views.of(DataType.FLOAT, batch, LENGTH);
    float[] lengths = new float[batch * LENGTH];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = i % LENGTH <= i / LENGTH % 7 ? 1 : 0;
    }
    DenseArrays.write(lengths, mask);
    INDArray trained = Views.of(DataType.FLOAT, batch, LENGTH, geometry.outputs());
    INDArray inferred = Views.of(DataType.FLOAT, batch, LENGTH, geometry.outputs());
    RecurrentKernel kernel = ONEDNN.recurrent(geometry);
    for (INDArray masked : new INDArray[] {null, mask}) {
      kernel.forward(input, masked, weights(ONEDNN, geometry), trained, true);
      kernel.forward(input, masked, weights(ONEDNN, geometry), inferred, false);
      assertThat(error(doubles(inferred), doubles(trained))).isLessThan(1e-6);
    }
  }

  @Test
  void repeatsToTheLastBit() {
    RecurrentGeometry geometry = new RecurrentGeometry(RecurrentCell.LSTM, 6, 20, true);
    List<double[]> first = run(ONEDNN, geometry, 1, MASK);
    List<double[]> second = run(ONEDNN, geometry, 1, MASK);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).isEqualTo(first.get(i));
    }
  }

  @Test
  void sumsTheGradientOfARowUsedOften() {
    int vocabulary = 13;
    INDArray ids = Views.of(DataType.FLOAT, 40, 50);
    float[] values = new float[2_000];
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(4) > 0 ? 5 : random.nextInt(vocabulary);
    }
    DenseArrays.write(values, ids);
    INDArray gradient = random(ONEDNN, 4, 1, 40, 50, 3);
    INDArray found = Views.of(DataType.FLOAT, vocabulary, 3);
    INDArray wanted = Views.of(DataType.DOUBLE, vocabulary, 3);
    for (int padding : new int[] {-1, 2, 5}) {
      ONEDNN.embedGradient(ids, gradient, padding, found);
      EXACT.embedGradient(ids, gradient.castTo(DataType.DOUBLE), padding, wanted);
      assertThat(error(doubles(found), doubles(wanted))).isLessThan(1e-7);
    }
  }

  /** Of one sequence, of one step, and of several; masked or not. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 11", "3, 1", "3, 11"})
  void readsSequencesAsTheFormulas(int batch, int length) {
    float[] mask = new float[batch * length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % 5 == 1 ? 0 : 1;
    }
    for (float[] maskValues : new float[][] {null, mask}) {
      List<double[]> found = sequences(ONEDNN, batch, length, maskValues);
      List<double[]> wanted = sequences(EXACT, batch, length, maskValues);
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(error(found.get(i), wanted.get(i))).as("array " + i).isLessThan(1e-6);
      }
    }
  }

  private static List<double[]> sequences(
      Kernels kernels, int batch, int length, float[] maskValues) {
    int features = 6;
    INDArray input = random(kernels, 1, 1, batch, length, features);
    INDArray gradient = random(kernels, 2, 1, batch, features);
    INDArray mask = maskValues == null ? null : values(kernels, maskValues, batch, length);
    List<double[]> results = new ArrayList<>();
    INDArray output = Views.of(kernels.dataType(), batch, features);
    INDArray inputGradient = Views.of(kernels.dataType(), input.shape());
    kernels.maximumOverSequence(input, mask, output);
    kernels.maximumOverSequenceGradient(input, mask, gradient, inputGradient);
    results.addAll(List.of(doubles(output), doubles(inputGradient)));
    for (boolean bidirectional : new boolean[] {false, true}) {
      kernels.lastStep(input, mask, bidirectional, output);
      kernels.lastStepGradient(gradient, mask, bidirectional, inputGradient);
      results.addAll(List.of(doubles(output), doubles(inputGradient)));
    }
    return results;
  }

  /** Rows of numbers, of categories, and of both; one row and several. */
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 2", "4, 0", "4, 2"})
  void readsTablesAsTheFormulas(int rows, int numbers) {
    for (List<Integer> sizes : List.of(List.of(3, 1), List.<Integer>of())) {
      if (numbers + sizes.size() > 0) {
        List<double[]> found = tables(ONEDNN, rows, numbers, sizes);
        List<double[]> wanted = tables(EXACT, rows, numbers, sizes);
        for (int i = 0; i < wanted.size(); i++) {
          assertThat(error(found.get(i), wanted.get(i))).as("array " + i).isLessThan(1e-6);
        }
      }
    }
  }

  private static List<double[]> tables(
      Kernels kernels, int count, int numbers, List<Integer> sizes) {
    TableGeometry geometry =
        new TableGeometry(numbers, List.of(4, 5).subList(0, sizes.size()), sizes);
    float[] values = new float[count * geometry.columns()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % geometry.columns() < numbers ? i * 0.5f - 1 : i * 3 % 4;
    }
    INDArray rows = values(kernels, values, count, geometry.columns());
    List<double[]> results = new ArrayList<>();
    INDArray vectors = random(kernels, 1, 1, numbers + geometry.categories(), 3);
    INDArray output = Views.of(kernels.dataType(), count, geometry.columns(), 3);
    INDArray ofVectors = Views.of(kernels.dataType(), vectors.shape());
    kernels.columnVectors(geometry, rows, vectors, output);
    INDArray gradient = random(kernels, 2, 1, count, geometry.columns(), 3);
    kernels.columnVectorsGradient(geometry, rows, gradient, ofVectors);
    results.addAll(List.of(doubles(output), doubles(ofVectors)));
    if (!sizes.isEmpty()) {
      INDArray tables = random(kernels, 3, 1, 4 * sizes.get(0) + 5 * sizes.get(1));
      INDArray features = Views.of(kernels.dataType(), count, geometry.features());
      INDArray ofTables = Views.of(kernels.dataType(), tables.shape());
      kernels.embedColumns(geometry, rows, tables, features);
      INDArray ofFeatures = random(kernels, 4, 1, count, geometry.features());
      kernels.embedColumnsGradient(geometry, rows, ofFeatures, ofTables);
      results.addAll(List.of(doubles(features), doubles(ofTables)));
    }
    return results;
  }

  private static INDArray values(Kernels kernels, float[] values, long... shape) {
    INDArray array = Views.of(kernels.dataType(), shape);
    DenseArrays.write(values, array);
    return array;
  }

  private static List<double[]> run(
      Kernels kernels, RecurrentGeometry geometry, float scale, float[] maskValues) {
    return run(kernels, geometry, BATCH, scale, maskValues);
  }

  private static List<double[]> run(
      Kernels kernels, RecurrentGeometry geometry, int batch, float scale, float[] maskValues) {
    DataType type = kernels.dataType();
    INDArray input = random(kernels, 1, scale, batch, LENGTH, geometry.inputs());
    INDArray output = Views.of(type, batch, LENGTH, geometry.outputs());
    INDArray outputGradient = random(kernels, 2, 1, batch, LENGTH, geometry.outputs());
    INDArray inputGradient = Views.of(type, input.shape());
    INDArray mask = null;
    if (maskValues != null) {
      mask = Views.of(type, batch, LENGTH);
      DenseArrays.write(maskValues, mask);
    }
    List<RecurrentWeights> weights = weights(kernels, geometry);
    List<RecurrentWeights> gradients = weights(kernels, geometry);
    RecurrentKernel kernel = kernels.recurrent(geometry);
    kernel.forward(input, mask, weights, output, true);
    kernel.backward(input, mask, weights, output, outputGradient, inputGradient, gradients);
    List<double[]> results = new ArrayList<>(List.of(doubles(output), doubles(inputGradient)));
    for (RecurrentWeights gradient : gradients) {
      results.add(doubles(gradient.input()));
      results.add(doubles(gradient.hidden()));
      results.add(doubles(gradient.inputBias()));
      results.add(doubles(gradient.hiddenBias()));
    }
    return results;
  }

  private static List<RecurrentWeights> weights(Kernels kernels, RecurrentGeometry geometry) {
    List<RecurrentWeights> weights = new ArrayList<>();
    float scale = 1 / (float) Math.sqrt(geometry.hidden());
    int rows = geometry.gateRows();
    for (int direction = 0; direction < geometry.directions(); direction++) {
      weights.add(
          new RecurrentWeights(
              random(kernels, 10 + direction, scale, rows, geometry.inputs()),
              random(kernels, 20 + direction, scale, rows, geometry.hidden()),
              random(kernels, 30 + direction, scale, rows),
              random(kernels, 40 + direction, scale, rows)));
    }
    return weights;
  }

  private static INDArray random(Kernels kernels, int seed, float scale, long... shape) {
    INDArray array = Views.of(kernels.dataType(), shape);
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(array.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    DenseArrays.write(values, array);
    return array;
  }

  private static double[] doubles(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }

  /** The largest difference beside the largest value. */
  private static double error(double[] found, double[] wanted) {
    double largest = Float.MIN_NORMAL;
    double difference = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      double here = Math.abs(found[i] - wanted[i]);
      difference = Double.isNaN(here) ? Double.POSITIVE_INFINITY : Math.max(difference, here);
    }
    return difference / largest;
  }
}
