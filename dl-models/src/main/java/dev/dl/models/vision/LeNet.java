package dev.dl.models.vision;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Shape;

/**
 * LeNet-5 (LeCun et al. 1998), as it is trained today: ReLU for the sigmoids, maximum pooling for
 * the trained subsampling, every map of the second convolution connected to every map of the first.
 */
public record LeNet() implements Architecture {
  public static final String PAPER = "https://doi.org/10.1109/5.726791";

  public static final LeNet LENET_5 = new LeNet();

  @Override
  public Graph define(Input input, Head head) {
    return Graph.of(
        Node.input(Shape.of(input.image()))
            .then("conv1", Convolution.same(6, 5))
            .then("pool1", Pooling.maximum(2))
            .then("conv2", new Convolution(16, Window.of(5, 1, 0), 1, true, Activation.RELU, false))
            .then("pool2", Pooling.maximum(2))
            .then("flatten", new Flatten())
            .then("fc1", new Dense(120, Activation.RELU))
            .then("fc2", new Dense(84, Activation.RELU))
            .then("fc3", Dense.linear(head.outputs())));
  }
}
