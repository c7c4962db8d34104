package dev.dl.models.table;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TableInput;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.ChosenColumns;
import dev.dl.models.layer.Concatenate;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.PairProducts;
import dev.dl.models.layer.SumOverTokens;
import dev.dl.models.layer.Unflatten;
import java.util.List;

/**
 * A tower of dense layers for the user's columns and one for the item's, which meet in the product
 * of their outputs alone (Yi et al. 2019; Covington et al. 2016), so that the vectors of all items
 * can be made before a user is there. Each tower reads vectors of its categories side by side.
 * Beside the product, each category has a bias.
 *
 * @param embedding features of each vector
 * @param hidden units of the dense layers of each tower
 * @param factors features of a tower's output, for each output of the network
 * @param dropout rate after each hidden layer
 */
public record TwoTower(int embedding, List<Integer> hidden, int factors, double dropout)
    implements Architecture {
  public static final String PAPER = "https://doi.org/10.1145/3298689.3346996";

  public static final TwoTower SMALL = new TwoTower(16, List.of(64), 32, 0.2);

  public TwoTower {
    hidden = List.copyOf(hidden);
  }

  @Override
  public Graph define(Input input, Head head) {
    TableInput table = input.table();
    if (table.item().isEmpty() || table.user().isEmpty()) {
      throw new IllegalArgumentException(
          "got no columns of the %s, expected data.table.item to name some columns, but not all"
              .formatted(table.item().isEmpty() ? "item" : "user"));
    }
    Node row = Node.input(table.shape());
    Node user = tower(row, table, table.user(), "user", head.outputs());
    Node item = tower(row, table, table.item(), "item", head.outputs());
    Node product =
        Node.join("towers", new Concatenate(), user, item)
            .then("pair", new Unflatten(2))
            .then("products", new PairProducts())
            .then("outputs", new Unflatten(factors))
            .then("product", new SumOverTokens());
    Node bias = ColumnVectors.bias(row, table, head.outputs());
    return Graph.of(Node.join("sum", new Add(Activation.NONE), product, bias));
  }

  /** {@code [columns]} to {@code [factors × outputs]}. */
  private Node tower(
      Node row, TableInput table, List<Integer> positions, String name, int outputs) {
    Node columns = row.then(name + ".columns", new ChosenColumns(positions));
    Node x =
        ColumnVectors.of(columns, name + ".embeddings", table.part(positions), embedding)
            .then(name + ".flatten", new Flatten());
    for (int i = 1; i <= hidden.size(); i++) {
      x =
          x.then(name + ".fc" + i, new Dense(hidden.get(i - 1), Activation.RELU))
              .then(name + ".dropout" + i, new Dropout(dropout));
    }
    return x.then(name + ".output", Dense.linear(factors * outputs));
  }
}
