package dev.dl.models.stack;

import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import java.util.Optional;

/** Functions of each value; they become part of the block before, where it can have them. */
final class ActivationBlocks {
  private ActivationBlocks() {}

  /** The commonest of them. */
  record Relu() implements Block {
    private static final dev.dl.core.kernel.Activation FUNCTION =
        dev.dl.core.kernel.Activation.RELU;

    @Override
    public Node after(Node x, Place place) {
      return x.then(place.name(), new Activate(FUNCTION));
    }

    @Override
    public Optional<dev.dl.core.kernel.Activation> asActivation() {
      return Optional.of(FUNCTION);
    }
  }

  /** Any of them. */
  record Activation(dev.dl.core.kernel.Activation function) implements Block {
    @Override
    public Node after(Node x, Place place) {
      return x.then(place.name(), new Activate(function));
    }

    @Override
    public Optional<dev.dl.core.kernel.Activation> asActivation() {
      return Optional.of(function);
    }
  }
}
