package dev.dl.core.kernel.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import dev.dl.core.kernel.Ids;
import dev.dl.core.kernel.TableGeometry;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Vectors of the columns of tables, and joined vectors. */
final class Nd4jTables {
  private Nd4jTables() {}

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
    Ids.requireCategories(rows, geometry);
    int numbers = geometry.numericFeatures();
    if (numbers > 0) {
      to.get(all(), interval(0, numbers)).assign(rows.get(all(), interval(0, numbers)));
    }
    eachColumn(
        geometry,
        rows,
        tables,
        (categories, table, from, end) ->
            to.get(all(), interval(from, end)).assign(Nd4jRows.gather(table, categories)));
  }

  static void embedColumnsGradient(
      TableGeometry geometry, INDArray rows, INDArray outputGradient, INDArray tableGradients) {
    tableGradients.assign(0);
    eachColumn(
        geometry,
        rows,
        tableGradients,
        (categories, table, from, end) ->
            Nd4jRows.scatterAdd(
                categories, outputGradient.get(all(), interval(from, end)).dup('c'), table));
  }

  private interface Column {
    /**
     * @param categories of all rows
     * @param table a view {@code [categories, size]}
     * @param from where the vector begins in each row of the output, and {@code end}
     */
    void accept(INDArray categories, INDArray table, long from, long end);
  }

  private static void eachColumn(
      TableGeometry geometry, INDArray rows, INDArray tables, Column each) {
    long start = 0;
    long from = geometry.numericFeatures();
    for (int column = 0; column < geometry.sizes().size(); column++) {
      int size = geometry.sizes().get(column);
      long end = start + geometry.tableLength(column);
      each.accept(
          rows.getColumn(geometry.numericFeatures() + column),
          tables.get(interval(start, end)).reshape(geometry.cardinalities().get(column), size),
          from,
          from + size);
      start = end;
      from += size;
    }
  }

  static void columnVectors(TableGeometry geometry, INDArray rows, INDArray vectors, INDArray to) {
    Ids.requireCategories(rows, geometry);
    Chosen chosen = Chosen.of(geometry, rows);
    to.assign(
        Nd4jRows.gather(vectors, chosen.vectors())
            .muliColumnVector(chosen.factors())
            .reshape(to.shape()));
  }

  static void columnVectorsGradient(
      TableGeometry geometry, INDArray rows, INDArray outputGradient, INDArray vectorGradients) {
    vectorGradients.assign(0);
    Chosen chosen = Chosen.of(geometry, rows);
    INDArray gradients = outputGradient.reshape(chosen.vectors().length(), vectorGradients.size(1));
    Nd4jRows.scatterAdd(
        chosen.vectors(), gradients.mulColumnVector(chosen.factors()), vectorGradients);
  }

  /**
   * Which vector each value of a table has.
   *
   * @param vectors their numbers, {@code [rows · columns]}
   * @param factors of them, {@code [rows · columns, 1]}: the number, or 1 of a category
   */
  private record Chosen(INDArray vectors, INDArray factors) {

    static Chosen of(TableGeometry geometry, INDArray rows) {
      long count = rows.size(0);
      int numbers = geometry.numericFeatures();
      int columns = geometry.columns();
      INDArray first = Nd4j.createFromArray(geometry.firstVectors()).castTo(rows.dataType());
      INDArray vectors = Nd4j.zeros(rows.dataType(), rows.shape());
      INDArray factors = Nd4j.ones(rows.dataType(), rows.shape());
      if (numbers < columns) {
        vectors
            .get(all(), interval(numbers, columns))
            .assign(rows.get(all(), interval(numbers, columns)));
      }
      if (numbers > 0) {
        factors.get(all(), interval(0, numbers)).assign(rows.get(all(), interval(0, numbers)));
      }
      return new Chosen(
          vectors.addiRowVector(first).reshape(count * columns),
          factors.reshape(count * columns, 1));
    }
  }
}
