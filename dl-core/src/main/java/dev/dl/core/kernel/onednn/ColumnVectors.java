package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Ids;
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
    int[] firsts = geometry.firstVectors();
    // Before the tasks, so that the same row is named however they are shared out.
    Ids.requireCategories(rows, geometry);
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
    int[] firsts = geometry.firstVectors();
    parallel.run(
        columns,
        column -> {
          boolean number = column < geometry.numericFeatures();
          double[] sums = new double[geometry.vectors(column) * features];
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

  private static void add(float[] gradient, double factor, double[] sums, int start) {
    for (int i = 0; i < gradient.length; i++) {
      sums[start + i] += factor * gradient[i];
    }
  }
}
