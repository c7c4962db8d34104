package dev.dl.models.layer;

import dev.dl.core.kernel.TableGeometry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rows of a table as sequences, one trained vector a column: {@code [columns]} to {@code [columns,
 * features]}. A number is multiplied with the vector of its column; a category has a vector of its
 * own. Parameters {@code num_tokenizer.weight [numbers, features]} and {@code
 * cat_tokenizer.embeddings.weight [categories of all columns, features]}, named as rtdl's
 * (Gorishniy et al. 2021, https://arxiv.org/abs/2106.11959); then the biases, if any, {@code
 * num_tokenizer.bias [numbers, features]} and {@code cat_tokenizer.bias [categorical columns,
 * features]}. Codes that are no category are refused with an IllegalArgumentException.
 *
 * @param numericFeatures how many numbers come first
 * @param cardinalities number of categories of each column after them
 * @param biases whether each column also adds a vector whatever its value, and none of these
 *     vectors is subject to weight decay, as tokens of a transformer have it
 * @param initializer of all vectors; without biases, that of each column's category 0, an unknown
 *     one, begins at zero, so that strangers are told by what else is known of them
 */
public record FeatureTokens(
    int numericFeatures,
    List<Integer> cardinalities,
    int features,
    boolean biases,
    Initializer initializer)
    implements Layer {
  private static final String CATEGORIES = "cat_tokenizer.embeddings.weight";

  public FeatureTokens {
    cardinalities = List.copyOf(cardinalities);
  }

  private TableGeometry geometry() {
    List<Integer> sizes = Collections.nCopies(cardinalities.size(), features);
    return new TableGeometry(numericFeatures, cardinalities, sizes);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    TableGeometry geometry = geometry();
    if (!inputs.get(0).equals(Shape.of(geometry.columns()))) {
      throw new IllegalArgumentException(
          "got the shape %s, expected %d columns".formatted(inputs.get(0), geometry.columns()));
    }
    return Shape.of(geometry.columns(), features);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    List<Parameter> parameters = new ArrayList<>();
    add(parameters, "num_tokenizer.weight", numericFeatures, initializer);
    add(parameters, CATEGORIES, geometry().categories(), biases ? initializer : strangersAtZero());
    if (biases) {
      add(parameters, "num_tokenizer.bias", numericFeatures, initializer);
      add(parameters, "cat_tokenizer.bias", cardinalities.size(), initializer);
    }
    return parameters;
  }

  private void add(List<Parameter> parameters, String name, int vectors, Initializer values) {
    if (vectors > 0) {
      List<Long> shape = List.of((long) vectors, (long) features);
      parameters.add(new Parameter(name, shape, values, !biases));
    }
  }

  private Initializer strangersAtZero() {
    Initializer values = initializer;
    long first = 0;
    for (int categories : cardinalities) {
      values = new Initializer.ZeroWithin(values, first * features, (first + 1) * features);
      first += categories;
    }
    return values;
  }

  @Override
  public Operation operation(OperationContext context) {
    TableGeometry geometry = geometry();
    String weights = numericFeatures > 0 ? "num_tokenizer.weight" : CATEGORIES;
    String bias = numericFeatures > 0 ? "num_tokenizer.bias" : "cat_tokenizer.bias";
    long vectors = (long) numericFeatures + geometry.categories();
    return new Operation() {
      private INDArray rows;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        rows = inputs[0];
        INDArray output = memory.activation(rows.size(0), geometry.columns(), features);
        INDArray table = context.parametersFrom(weights, vectors, features);
        context.kernels().columnVectors(geometry, rows, table, output);
        if (biases) {
          INDArray added = context.parametersFrom(bias, geometry.columns(), features);
          context.kernels().addRows(output, added, output);
        }
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray gradients = context.gradientsFrom(weights, vectors, features);
        if (gradients != null) {
          context.kernels().columnVectorsGradient(geometry, rows, outputGradient, gradients);
          if (biases) {
            INDArray added = context.gradientsFrom(bias, geometry.columns(), features);
            context.kernels().addRowsGradient(outputGradient, added);
          }
        }
        return new INDArray[] {null};
      }
    };
  }
}
