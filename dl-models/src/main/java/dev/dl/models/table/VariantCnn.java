package dev.dl.models.table;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TableInput;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.ChosenColumns;
import dev.dl.models.layer.Concatenate;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.FirstTokens;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.OneHot;
import dev.dl.models.layer.SequenceConvolution;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Convolutions over categorical columns that are one sequence of letters, such as the bases of the
 * genome around a place where it varies, beside numbers about that place: the one-dimensional
 * network by which GATK's CNNScoreVariants tells true variants from errors (Friedman et al. 2020).
 * Layers are named as Keras numbers them.
 *
 * @param filters of each convolution
 * @param width letters in a window of a convolution; windows end where the sequence does
 * @param hidden units of each of the two dense layers before the last
 */
public record VariantCnn(List<Integer> filters, int width, int hidden) implements Architecture {
  public static final String PAPER = "https://doi.org/10.1093/bioinformatics/btz901";

  /** GATK's, of windows of 128 bases and 7 annotations. */
  public static final VariantCnn GATK = new VariantCnn(List.of(256, 256, 128), 12, 40);

  private static final BatchNormalization NORMALIZATION =
      new BatchNormalization(Activation.NONE, 0.001, 0.01);
  private static final double DROPOUT = 0.1;
  private static final double LAST_DROPOUT = 0.2;

  public VariantCnn {
    filters = List.copyOf(filters);
  }

  @Override
  public Graph define(Input input, Head head) {
    TableInput table = input.table();
    Node row = Node.input(input.shape());
    Node letters = convolved(letters(row, table)).then("flatten_1", new Flatten());
    Node numbers = numbers(row, table).then("batch_normalization_1", NORMALIZATION);
    Node x =
        Node.join("concatenate_1", new Concatenate(), letters, numbers.then("dense_1", dense()))
            .then("dense_2", dense())
            .then("dropout_3", new Dropout(LAST_DROPOUT));
    return Graph.of(
        Node.join("concatenate_2", new Concatenate(), x, numbers)
            .then("dense_3", Dense.linear(head.outputs())));
  }

  private Dense dense() {
    return new Dense(hidden, Activation.RELU);
  }

  /** {@code [columns, letters]}. */
  private Node letters(Node row, TableInput table) {
    List<Integer> codes = table.cardinalities();
    if (codes.size() <= margin() || codes.stream().distinct().count() != 1 || codes.get(0) < 2) {
      throw new IllegalArgumentException(
          "got %s, expected more than %d columns of the same letters".formatted(table, margin()));
    }
    return row.then("reference", columns(table.numericFeatures(), codes.size()))
        .then("letters", new OneHot(codes.get(0) - 1));
  }

  private static Node numbers(Node row, TableInput table) {
    if (table.numericFeatures() == 0) {
      throw new IllegalArgumentException("got no numbers, expected some beside the letters");
    }
    return row.then("annotations", columns(0, table.numericFeatures()));
  }

  private static ChosenColumns columns(int first, int count) {
    return new ChosenColumns(IntStream.range(first, first + count).boxed().toList());
  }

  /** How many windows fewer than letters there are after all convolutions. */
  private int margin() {
    return filters.size() * (width - 1);
  }

  /**
   * The windows of the last convolution that reach beyond the end are cut off, and with them all.
   */
  private Node convolved(Node letters) {
    Node x = letters;
    for (int i = 0; i < filters.size(); i++) {
      x =
          x.then(
              "conv1d_" + (i + 1), new SequenceConvolution(filters.get(i), width, Activation.RELU));
      if (i > 0) {
        x = x.then("dropout_" + i, new Dropout(DROPOUT));
      }
    }
    return x.then("whole_windows", new FirstTokens(letters.shape().length() - margin()));
  }
}
