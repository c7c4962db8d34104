package dev.dl.models.vision;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.Shape;
import java.util.List;

/**
 * Multilayer perceptron on pixels, with ReLU and dropout after each hidden layer (Rumelhart et al.
 * 1986).
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

  @Override
  public Graph define(Input input, Head head) {
    Node x = Node.input(Shape.of(input.image())).then("flatten", new Flatten());
    for (int i = 0; i < hidden.size(); i++) {
      x = x.then("fc" + (i + 1), new Dense(hidden.get(i), Activation.RELU));
      x = x.then("dropout" + (i + 1), new Dropout(dropout));
    }
    return Graph.of(x.then("classifier", Dense.linear(head.outputs())));
  }
}
