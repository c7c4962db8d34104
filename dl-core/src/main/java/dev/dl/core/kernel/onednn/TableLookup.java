package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.TableGeometry;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of a table with a vector for each category. */
record TableLookup(Parallel parallel, TableGeometry geometry) {

  /** Where a column's vectors begin, among the tables and in a row of the output. */
  private record Place(int column, int size, int table, int feature) {}

  private Place[] places() {
    Place[] places = new Place[geometry.sizes().size()];
    int table = 0;
    int feature = geometry.numericFeatures();
    for (int column = 0; column < places.length; column++) {
      int size = geometry.sizes().get(column);
      places[column] = new Place(column, size, table, feature);
      table += geometry.tableLength(column);
      feature += size;
    }
    return places;
  }

  void forward(INDArray rows, INDArray tables, INDArray output) {
    FloatBuffer from = DenseArrays.buffer(rows);
    FloatBuffer vectors = DenseArrays.buffer(tables);
    FloatBuffer to = DenseArrays.buffer(output);
    int columns = geometry.columns();
    int features = geometry.features();
    Place[] places = places();
    for (int n = 0; n < rows.size(0); n++) {
      to.put(n * features, from, n * columns, geometry.numericFeatures());
      for (Place place : places) {
        int category = category(from, n, place);
        to.put(
            n * features + place.feature, vectors, place.table + category * place.size, place.size);
      }
    }
  }

  private int category(FloatBuffer rows, int n, Place place) {
    int index = n * geometry.columns() + geometry.numericFeatures() + place.column;
    return geometry.category(rows.get(index), n, place.column);
  }

  /** The gradients of each column's vectors, summed in the order of the rows. */
  void backward(INDArray rows, INDArray outputGradient, INDArray tableGradients) {
    FloatBuffer from = DenseArrays.buffer(rows);
    FloatBuffer gradients = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(tableGradients);
    int features = geometry.features();
    Place[] places = places();
    parallel.run(
        places.length,
        column -> {
          Place place = places[column];
          double[] sums = new double[geometry.tableLength(column)];
          for (int n = 0; n < rows.size(0); n++) {
            int start = category(from, n, place) * place.size;
            for (int i = 0; i < place.size; i++) {
              sums[start + i] += gradients.get(n * features + place.feature + i);
            }
          }
          for (int i = 0; i < sums.length; i++) {
            to.put(place.table + i, (float) sums[i]);
          }
        });
  }
}
