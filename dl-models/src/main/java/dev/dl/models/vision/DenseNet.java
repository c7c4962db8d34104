package dev.dl.models.vision;

import static dev.dl.models.block.ConvNormRelu.convNormRelu;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Concatenate;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Shape;
import java.util.List;

/**
 * DenseNet (Huang et al. 2016), DenseNet-BC: within a block, each layer reads what all before it
 * gave, and adds a few channels; transitions between blocks halve channels, height and width.
 * Weights are named and shaped as torchvision's.
 *
 * @param growth channels that a layer adds
 * @param layers in each block
 */
public record DenseNet(int growth, List<Integer> layers) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1608.06993";

  /** Table 1. */
  public static final DenseNet DENSENET_121 = new DenseNet(32, List.of(6, 12, 24, 16));

  public static final DenseNet DENSENET_169 = new DenseNet(32, List.of(6, 12, 32, 32));

  /** Channels of the stem, in those of a layer. */
  private static final int STEM = 2;

  /** Channels that a layer reads by its 3x3 convolution, in those that it adds. */
  private static final int BOTTLENECK = 4;

  private static final int STEM_STRIDE = 4;

  public DenseNet {
    layers = List.copyOf(layers);
  }

  @Override
  public Graph define(Input input, Head head) {
    int strides = STEM_STRIDE << (layers.size() - 1);
    Node x = Node.input(Shape.of(input.imageOfAtLeast(strides)));
    x =
        convNormRelu(x, "features.conv0", "features.norm0", STEM * growth, 7, 2)
            .then("features.pool0", new Pooling(false, Window.centred(3, 2)));
    for (int block = 1; block <= layers.size(); block++) {
      x = block(x, "features.denseblock" + block, layers.get(block - 1));
      x = block < layers.size() ? transition(x, "features.transition" + block) : x;
    }
    return Graph.of(
        normalized(x, "features.norm5")
            .then("average", new GlobalAveragePooling())
            .then("classifier", Dense.linear(head.outputs())));
  }

  private Node block(Node before, String place, int count) {
    Node x = before;
    for (int layer = 1; layer <= count; layer++) {
      String inside = place + ".denselayer" + layer;
      Node y = normalized(x, inside + ".norm1");
      y =
          convNormRelu(y, inside + ".conv1", inside + ".norm2", BOTTLENECK * growth, 1, 1)
              .then(inside + ".conv2", Convolution.beforeNormalization(growth, 3, 1));
      x = Node.join(inside + ".cat", new Concatenate(), x, y);
    }
    return x;
  }

  private static Node transition(Node x, String place) {
    int half = x.shape().image().channels() / 2;
    return normalized(x, place + ".norm")
        .then(place + ".conv", Convolution.beforeNormalization(half, 1, 1))
        .then(place + ".pool", Pooling.average(2));
  }

  private static Node normalized(Node x, String place) {
    return x.then(place, new BatchNormalization(Activation.RELU));
  }
}
