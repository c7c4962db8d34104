package dev.dl.models.table;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TableInput;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.TableFeatures;
import java.util.List;

/**
 * Multilayer perceptron on pixels or on the columns of a table, with ReLU and dropout after each
 * hidden layer (Rumelhart et al. 1986).
 *
 * @param hidden units of each hidden layer
 * @param normalized whether batch normalization comes before each ReLU (Ioffe and Szegedy 2015,
 *     arXiv:1502.03167)
 * @param dropout rate after each hidden layer
 */
public record Mlp(List<Integer> hidden, boolean normalized, double dropout)
    implements Architecture {
  public static final String PAPER = "https://doi.org/10.1038/323533a0";

  public static final Mlp TWO_HIDDEN = new Mlp(List.of(512, 256), 0.2);
  public static final Mlp NORMALIZED = new Mlp(List.of(512, 256), true, 0.2);

  public Mlp {
    hidden = List.copyOf(hidden);
  }

  /** Without normalization. */
  public Mlp(List<Integer> hidden, double dropout) {
    this(hidden, false, dropout);
  }

  /** The network for images or rows of a table. */
  @Override
  public Graph define(Input input, Head head) {
    Node x = input instanceof TableInput table ? columns(table) : pixels(input);
    for (int i = 1; i <= hidden.size(); i++) {
      x = layer(x, i).then("dropout" + i, new Dropout(dropout));
    }
    return Graph.of(x.then("classifier", Dense.linear(head.outputs())));
  }

  private Node layer(Node x, int i) {
    int units = hidden.get(i - 1);
    return normalized
        ? x.then("fc" + i, Dense.linear(units))
            .then("bn" + i, new BatchNormalization(Activation.RELU))
        : x.then("fc" + i, new Dense(units, Activation.RELU));
  }

  /** Numbers as they are, and a trained vector for each category, as one vector. */
  static Node columns(TableInput table) {
    Node row = Node.input(table.shape());
    return table.cardinalities().isEmpty()
        ? row
        : row.then("embeddings", new TableFeatures(table.numericFeatures(), table.cardinalities()));
  }

  private static Node pixels(Input input) {
    return Node.input(Shape.of(input.image())).then("flatten", new Flatten());
  }
}
