package example;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Shape;

/**
 * Network in Network (Lin et al. 2013): convolutions followed by 1x1 convolutions, and the mean of
 * each map of the last as the logit of a class.
 *
 * @param width channels of the first convolution; the published network has 192
 */
public record NetworkInNetwork(int width) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1312.4400";

  @Override
  public Graph define(Input input, Head head) {
    Node x = Node.input(Shape.of(input.image()));
    x = block(x, "block1", 5, width, width * 5 / 6, width / 2);
    x = x.then("pool1", new Pooling(false, Window.of(3, 2, 1)));
    x = x.then("dropout1", new Dropout(0.5));
    x = block(x, "block2", 5, width, width, width);
    x = x.then("pool2", new Pooling(true, Window.of(3, 2, 1)));
    x = x.then("dropout2", new Dropout(0.5));
    x = block(x, "block3", 3, width, width, head.outputs());
    return Graph.of(x.then("average", new GlobalAveragePooling()));
  }

  /** A convolution of that kernel, then two of 1x1. */
  private static Node block(Node x, String place, int kernel, int first, int second, int third) {
    return x.then(place + ".0", convolution(first, kernel))
        .then(place + ".1", convolution(second, 1))
        .then(place + ".2", convolution(third, 1));
  }

  private static Convolution convolution(int outputs, int kernel) {
    return new Convolution(outputs, Window.centred(kernel, 1), 1, true, Activation.RELU, true);
  }
}
