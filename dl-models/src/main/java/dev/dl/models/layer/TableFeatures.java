package dev.dl.models.layer;

import dev.dl.core.kernel.TableGeometry;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rows of a table as vectors: numbers as they are, then a trained vector for the category of each
 * categorical column (Guo and Berkhahn 2016, https://arxiv.org/abs/1604.06737), of half as many
 * features as the column has categories, rounded up, and at most 50. Parameters {@code N.weight
 * [categories, features]}, N counting those columns from 0. Codes that are no category are refused
 * with an IllegalArgumentException.
 *
 * @param numericFeatures how many numbers come first
 * @param cardinalities number of categories of each column after them, at least one
 */
public record TableFeatures(int numericFeatures, List<Integer> cardinalities) implements Layer {
  private static final int MOST_FEATURES = 50;

  public TableFeatures {
    cardinalities = List.copyOf(cardinalities);
    if (cardinalities.isEmpty()) {
      throw new IllegalArgumentException("a table of numbers alone needs no vectors");
    }
  }

  private TableGeometry geometry() {
    List<Integer> sizes =
        cardinalities.stream()
            .map(categories -> Math.min(MOST_FEATURES, (categories + 1) / 2))
            .toList();
    return new TableGeometry(numericFeatures, cardinalities, sizes);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    TableGeometry geometry = geometry();
    if (inputs.get(0).sizes().size() != 1 || inputs.get(0).features() != geometry.columns()) {
      throw new IllegalArgumentException(
          "got the shape %s, expected %d columns".formatted(inputs.get(0), geometry.columns()));
    }
    return Shape.of(geometry.features());
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    TableGeometry geometry = geometry();
    List<Parameter> tables = new ArrayList<>();
    for (int column = 0; column < cardinalities.size(); column++) {
      tables.add(
          Parameter.weight(
                  new Initializer.Normal(1),
                  cardinalities.get(column),
                  geometry.sizes().get(column))
              .named(column + ".weight"));
    }
    return tables;
  }

  @Override
  public Operation operation(OperationContext context) {
    TableGeometry geometry = geometry();
    return new Operation() {
      private INDArray rows;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        rows = inputs[0];
        INDArray output = memory.activation(rows.size(0), geometry.features());
        INDArray tables = context.parametersFrom("0.weight", length(geometry));
        context.kernels().embedColumns(geometry, rows, tables, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray gradients = context.gradientsFrom("0.weight", length(geometry));
        if (gradients != null) {
          context.kernels().embedColumnsGradient(geometry, rows, outputGradient, gradients);
        }
        return new INDArray[] {null};
      }
    };
  }

  private long length(TableGeometry geometry) {
    long length = 0;
    for (int column = 0; column < cardinalities.size(); column++) {
      length += geometry.tableLength(column);
    }
    return length;
  }
}
