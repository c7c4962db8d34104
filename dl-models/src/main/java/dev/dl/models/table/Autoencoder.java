package dev.dl.models.table;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Dense;
import java.util.List;

/**
 * Autoencoder (Hinton and Salakhutdinov 2006): layers that narrow to a code and widen again to the
 * numbers of the row that they began with. Rows unlike those of training are rebuilt badly.
 *
 * @param widths units of each layer up to the code; after it they come in reverse
 */
public record Autoencoder(List<Integer> widths) implements Architecture {
  public static final String PAPER = "https://doi.org/10.1126/science.1127647";

  public static final Autoencoder SMALL = new Autoencoder(List.of(64, 32, 8));

  public Autoencoder {
    widths = List.copyOf(widths);
  }

  @Override
  public Graph define(Input input, Head head) {
    Node x = Mlp.columns(input.table());
    for (int i = 0; i < widths.size(); i++) {
      boolean code = i == widths.size() - 1;
      Activation activation = code ? Activation.NONE : Activation.TANH;
      x = x.then("encoder." + i, new Dense(widths.get(i), activation));
    }
    for (int i = widths.size() - 2; i >= 0; i--) {
      x = x.then("decoder." + i, new Dense(widths.get(i), Activation.TANH));
    }
    return Graph.of(x.then("output", Dense.linear(head.outputs())));
  }
}
