package dev.dl.models.table;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TableInput;
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
 * @param dropout rate after each hidden layer
 */
public record Mlp(List<Integer> hidden, double dropout) implements Architecture {
  public static final String PAPER = "https://doi.org/10.1038/323533a0";

  public static final Mlp TWO_HIDDEN = new Mlp(List.of(512, 256), 0.2);

  public Mlp {
    hidden = List.copyOf(hidden);
  }

  /** The network for images or rows of a table. */
  @Override
  public Graph define(Input input, Head head) {
    Node x = input instanceof TableInput table ? columns(table) : pixels(input);
    for (int i = 0; i < hidden.size(); i++) {
      x = x.then("fc" + (i + 1), new Dense(hidden.get(i), Activation.RELU));
      x = x.then("dropout" + (i + 1), new Dropout(dropout));
    }
    return Graph.of(x.then("classifier", Dense.linear(head.outputs())));
  }

  private static Node columns(TableInput table) {
    Node row = Node.input(table.shape());
    return table.cardinalities().isEmpty()
        ? row
        : row.then("embeddings", new TableFeatures(table.numericFeatures(), table.cardinalities()));
  }

  private static Node pixels(Input input) {
    return Node.input(Shape.of(input.image())).then("flatten", new Flatten());
  }
}
