package dev.dl.core.kernel.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import dev.dl.core.kernel.TableGeometry;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Windows and maxima of sequences, joined vectors and rows of tables. */
final class Nd4jVectors {
  private Nd4jVectors() {}

  static void windows(INDArray input, int width, INDArray output) {
    long length = input.size(1);
    long features = input.size(2);
    output.assign(0);
    for (int i = 0; i < Math.min(width, length); i++) {
      output
          .get(all(), interval(0, length - i), interval(i * features, (i + 1) * features))
          .assign(input.get(all(), interval(i, length), all()));
    }
  }

  static void windowsGradient(int width, INDArray outputGradient, INDArray inputGradient) {
    long length = inputGradient.size(1);
    long features = inputGradient.size(2);
    inputGradient.assign(0);
    for (int i = 0; i < Math.min(width, length); i++) {
      inputGradient
          .get(all(), interval(i, length), all())
          .addi(
              outputGradient.get(
                  all(), interval(0, length - i), interval(i * features, (i + 1) * features)));
    }
  }

  static void maximum(INDArray input, INDArray mask, INDArray output) {
    for (int sample = 0; sample < input.size(0); sample++) {
      for (int feature = 0; feature < input.size(2); feature++) {
        int position = largest(input, mask, sample, feature);
        output.putScalar(
            sample, feature, position < 0 ? 0 : input.getDouble(sample, position, feature));
      }
    }
  }

  static void maximumGradient(
      INDArray input, INDArray mask, INDArray outputGradient, INDArray inputGradient) {
    inputGradient.assign(0);
    for (int sample = 0; sample < input.size(0); sample++) {
      for (int feature = 0; feature < input.size(2); feature++) {
        int position = largest(input, mask, sample, feature);
        if (position >= 0) {
          inputGradient.putScalar(
              sample, position, feature, outputGradient.getDouble(sample, feature));
        }
      }
    }
  }

  /** The position of the largest value that counts; negative where none does. */
  private static int largest(INDArray input, INDArray mask, int sample, int feature) {
    int largest = -1;
    for (int position = 0; position < input.size(1); position++) {
      double value = input.getDouble(sample, position, feature);
      boolean counts = mask == null || mask.getDouble(sample, position) != 0;
      if (counts
          && (largest < 0
              || value > input.getDouble(sample, largest, feature)
              || Double.isNaN(value))) {
        largest = position;
      }
    }
    return largest;
  }

  static void join(INDArray[] parts, INDArray whole) {
    long column = 0;
    for (INDArray part : parts) {
      whole.get(all(), interval(column, column + part.size(1))).assign(part);
      column += part.size(1);
    }
  }

  static void split(INDArray whole, INDArray[] parts) {
    long column = 0;
    for (INDArray part : parts) {
      part.assign(whole.get(all(), interval(column, column + part.size(1))));
      column += part.size(1);
    }
  }

  static void embedColumns(TableGeometry geometry, INDArray rows, INDArray tables, INDArray to) {
    int numbers = geometry.numericFeatures();
    if (numbers > 0) {
      to.get(all(), interval(0, numbers)).assign(rows.get(all(), interval(0, numbers)));
    }
    eachVector(
        geometry,
        rows,
        (n, from, feature, size) ->
            to.get(point(n), interval(feature, feature + size))
                .assign(tables.get(interval(from, from + size))));
  }

  static void embedColumnsGradient(
      TableGeometry geometry, INDArray rows, INDArray outputGradient, INDArray tableGradients) {
    tableGradients.assign(0);
    eachVector(
        geometry,
        rows,
        (n, from, feature, size) ->
            tableGradients
                .get(interval(from, from + size))
                .addi(outputGradient.get(point(n), interval(feature, feature + size))));
  }

  private interface Vector {
    /**
     * @param from where it begins among the tables
     * @param feature where it begins in row {@code n} of the output
     */
    void accept(int n, long from, long feature, int size);
  }

  private static void eachVector(TableGeometry geometry, INDArray rows, Vector vector) {
    for (int n = 0; n < rows.size(0); n++) {
      long table = 0;
      long feature = geometry.numericFeatures();
      for (int column = 0; column < geometry.sizes().size(); column++) {
        int size = geometry.sizes().get(column);
        float value = rows.getFloat(n, geometry.numericFeatures() + column);
        long category = geometry.category(value, n, column);
        vector.accept(n, table + category * size, feature, size);
        table += geometry.tableLength(column);
        feature += size;
      }
    }
  }

  static void columnVectors(TableGeometry geometry, INDArray rows, INDArray vectors, INDArray to) {
    eachColumn(
        geometry,
        rows,
        (n, column, factor, vector) ->
            to.get(point(n), point(column), all()).assign(row(vectors, vector).mul(factor)));
  }

  /** As ND4J's {@code get} is empty for a matrix that lies deep enough in a longer array. */
  private static INDArray row(INDArray matrix, int row) {
    return matrix.tensorAlongDimension(row, 1);
  }

  static void columnVectorsGradient(
      TableGeometry geometry, INDArray rows, INDArray outputGradient, INDArray vectorGradients) {
    vectorGradients.assign(0);
    eachColumn(
        geometry,
        rows,
        (n, column, factor, vector) ->
            row(vectorGradients, vector)
                .addi(outputGradient.get(point(n), point(column), all()).mul(factor)));
  }

  private interface Column {
    /**
     * @param factor of the vector: the number, or 1 of a category
     * @param vector its row among the vectors
     */
    void accept(int n, int column, double factor, int vector);
  }

  private static void eachColumn(TableGeometry geometry, INDArray rows, Column each) {
    for (int n = 0; n < rows.size(0); n++) {
      for (int column = 0; column < geometry.numericFeatures(); column++) {
        each.accept(n, column, rows.getDouble(n, column), column);
      }
      int first = geometry.numericFeatures();
      for (int column = 0; column < geometry.cardinalities().size(); column++) {
        int place = geometry.numericFeatures() + column;
        int category = geometry.category(rows.getFloat(n, place), n, column);
        each.accept(n, place, 1, first + category);
        first += geometry.cardinalities().get(column);
      }
    }
  }
}
