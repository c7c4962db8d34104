package dev.dl.models.table;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TableInput;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.Concatenate;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.PairProducts;
import dev.dl.models.layer.SumOverTokens;
import dev.dl.models.layer.Unflatten;
import java.util.List;

/**
 * Who gives what how many stars: neural matrix factorization (He et al. 2017) of rows with a column
 * for the user, one for the item, and any others beside them. One tower multiplies the vectors of
 * user and item element by element, of more columns those of each pair; the other reads vectors of
 * its own side by side through dense layers. Beside both, each category has a bias, so that the
 * towers need not learn who is strict and what is good. Without the second tower it is a
 * factorization machine (Rendle 2010), with vectors for each output whose products are added up.
 *
 * @param factors features of each vector
 * @param hidden units of the dense layers of the second tower; none for no such tower
 * @param dropout rate after each of those
 */
public record CollaborativeFiltering(int factors, List<Integer> hidden, double dropout)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1708.05031";
  public static final String MACHINE_PAPER = "https://doi.org/10.1109/ICDM.2010.127";

  public static final CollaborativeFiltering MACHINE = new CollaborativeFiltering(16, List.of(), 0);

  public static final CollaborativeFiltering NEURAL =
      new CollaborativeFiltering(32, List.of(64, 32, 16), 0.5);

  public CollaborativeFiltering {
    hidden = List.copyOf(hidden);
  }

  @Override
  public Graph define(Input input, Head head) {
    TableInput table = input.table();
    Node row = Node.input(table.shape());
    Node bias = ColumnVectors.bias(row, table, head.outputs());
    Node output =
        hidden.isEmpty() ? machine(row, table, head.outputs()) : towers(row, table, head.outputs());
    return Graph.of(Node.join("sum", new Add(Activation.NONE), output, bias));
  }

  /** {@code [columns]} to {@code [outputs]}. */
  private Node machine(Node row, TableInput table, int outputs) {
    return ColumnVectors.of(row, "factors", table, factors * outputs)
        .then("products", new PairProducts())
        .then("outputs", new Unflatten(factors))
        .then("product", new SumOverTokens());
  }

  /** {@code [columns]} to {@code [outputs]}. */
  private Node towers(Node row, TableInput table, int outputs) {
    Node products =
        ColumnVectors.of(row, "factors", table, factors).then("products", new PairProducts());
    return Node.join("towers", new Concatenate(), products, dense(row, table))
        .then("output", output(outputs));
  }

  /**
   * One output begins as the sum of what the towers give, with weights of one, by which the paper's
   * equation 9 is matrix factorization. Several would all begin alike.
   */
  private static Dense output(int outputs) {
    return outputs == 1
        ? new Dense(1, true, Activation.NONE, Dense.Start.SUM)
        : Dense.linear(outputs);
  }

  private Node dense(Node row, TableInput table) {
    Node x = ColumnVectors.of(row, "embeddings", table, factors).then("flatten", new Flatten());
    for (int i = 1; i <= hidden.size(); i++) {
      x =
          x.then("fc" + i, new Dense(hidden.get(i - 1), Activation.RELU))
              .then("dropout" + i, new Dropout(dropout));
    }
    return x;
  }
}
