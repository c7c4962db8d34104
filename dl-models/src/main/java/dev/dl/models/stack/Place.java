package dev.dl.models.stack;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.Layer;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where in a stack a block stands.
 *
 * @param name of the block's layer, the prefix where it has several: {@code layers.3.conv}
 * @param input of the network
 * @param mask {@code [length]}, zero where a text has padding; empty where there is none
 * @param causal whether what is told of a token may not depend on those after it
 */
record Place(String name, Input input, Optional<Node> mask, boolean causal) {

  /** A place below this one. */
  Place within(String part) {
    return new Place(name.isEmpty() ? part : name + "." + part, input, mask, causal);
  }

  /** As configurations call it: {@code model.layers[3].conv}. */
  String path() {
    return "model." + name.replaceAll("\\.(\\d+)", "[$1]");
  }

  /** A layer that passes over the padding of a sequence. */
  Node masked(Node x, Layer layer) {
    Node[] inputs = Stream.concat(Stream.of(x), mask.stream()).toArray(Node[]::new);
    return Node.join(name, layer, inputs);
  }

  /** A layer with an activation at its end, or after it where it cannot be part of it. */
  Node activated(Activation activation, Function<Activation, Layer> layer, Node... inputs) {
    return activation.gradientFollowsFromOutput()
        ? Node.join(name, layer.apply(activation), inputs)
        : Node.join(name, layer.apply(Activation.NONE), inputs)
            .then(name + ".activation", new Activate(activation));
  }
}
