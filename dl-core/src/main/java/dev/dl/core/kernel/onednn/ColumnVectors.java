package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.TableGeometry;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of a table as sequences of vectors, one a column. */
record ColumnVectors(Parallel parallel, TableGeometry geometry) {

  void forward(INDArray rows, INDArray vectors, INDArray output) {
    FloatBuffer from = DenseArrays.buffer(rows);
    FloatBuffer table = DenseArrays.buffer(vectors);
    FloatBuffer to = DenseArrays.buffer(output);
    int features = Math.toIntExact(vectors.size(1));
    int columns = geometry.columns();
    int[] firsts = firsts();
    requireCategories(from, Math.toIntExact(rows.size(0)));
    parallel.run(
        Math.toIntExact(rows.size(0)),
        n -> {
          float[] vector = new float[features];
          for (int column = 0; column < columns; column++) {
            float value = from.get(n * columns + column);
            int place = (n * columns + column) * features;
            if (column < geometry.numericFeatures()) {
              table.get(column * features, vector);
              scale(vector, value);
              to.put(place, vector);
            } else {
              to.put(place, table, (firsts[column] + (int) value) * features, features);
            }
          }
        });
  }

  /** Before the tasks, so that the same row is named however they are shared out. */
  private void requireCategories(FloatBuffer rows, int count) {
    for (int n = 0; n < count; n++) {
      int first = n * geometry.columns() + geometry.numericFeatures();
      for (int column = 0; column < geometry.cardinalities().size(); column++) {
        geometry.category(rows.get(first + column), n, column);
      }
    }
  }

  /** Where the vectors of each column begin. */
  private int[] firsts() {
    int[] firsts = new int[geometry.columns()];
    int next = 0;
    for (int column = 0; column < firsts.length; column++) {
      firsts[column] = next;
      int category = column - geometry.numericFeatures();
      next += category < 0 ? 1 : geometry.cardinalities().get(category);
    }
    return firsts;
  }

  private static void scale(float[] vector, float factor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
  }

  /** The gradients of each column's vectors, summed in the order of the rows. */
  void backward(INDArray rows, INDArray outputGradient, INDArray vectorGradients) {
    FloatBuffer from = DenseArrays.buffer(rows);
    FloatBuffer given = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(vectorGradients);
    int features = Math.toIntExact(vectorGradients.size(1));
    int columns = geometry.columns();
    int[] firsts = firsts();
    parallel.run(
        columns,
        column -> {
          boolean number = column < geometry.numericFeatures();
          double[] sums = new double[vectors(column) * features];
          float[] gradient = new float[features];
          for (int n = 0; n < rows.size(0); n++) {
            float value = from.get(n * columns + column);
            given.get((n * columns + column) * features, gradient);
            add(gradient, number ? value : 1, sums, number ? 0 : ((int) value) * features);
          }
          for (int i = 0; i < sums.length; i++) {
            to.put(firsts[column] * features + i, (float) sums[i]);
          }
        });
  }

  private int vectors(int column) {
    int category = column - geometry.numericFeatures();
    return category < 0 ? 1 : geometry.cardinalities().get(category);
  }

  private static void add(float[] gradient, double factor, double[] sums, int start) {
    for (int i = 0; i < gradient.length; i++) {
      sums[start + i] += factor * gradient[i];
    }
  }
}
