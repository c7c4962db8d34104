package dev.dl.models.vision;

import static dev.dl.models.block.ConvNormRelu.convNormRelu;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Shape;

/**
 * Wide residual networks for small images (Zagoruyko and Komodakis 2016): few blocks of many
 * channels, normalized and activated before each convolution rather than after it. Weights are
 * named as in https://github.com/xternalz/WideResNet-pytorch.
 *
 * @param depth number of convolutions, those of shortcuts counted once a stage: 6n + 4
 * @param width channels of the first convolution
 * @param widening channels of the first stage for each of those
 */
public record WideResNet(int depth, int width, int widening) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1605.07146";

  public static final WideResNet WRN_28_10 = new WideResNet(28, 16, 10);
  public static final WideResNet WRN_40_4 = new WideResNet(40, 16, 4);

  private static final int STAGES = 3;

  public WideResNet {
    if (depth < 10 || depth % 6 != 4 || width < 1 || widening < 1) {
      throw new IllegalArgumentException(
          "got depth %d, width %d and widening %d, expected a depth of 6n + 4 and nothing below 1"
              .formatted(depth, width, widening));
    }
  }

  @Override
  public Graph define(Input input, Head head) {
    Node x =
        Node.input(Shape.of(input.imageOfAtLeast(1 << (STAGES - 1))))
            .then("conv1", Convolution.beforeNormalization(width, 3, 1));
    int blocks = (depth - 4) / 6;
    for (int stage = 0; stage < STAGES; stage++) {
      for (int block = 0; block < blocks; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        String place = "block" + (stage + 1) + ".layer." + block;
        x = residual(x, place, width * widening << stage, stride);
      }
    }
    return Graph.of(
        x.then("bn1", new BatchNormalization(Activation.RELU))
            .then("average", new GlobalAveragePooling())
            .then("fc", Dense.linear(head.outputs())));
  }

  /** The shortcut starts behind the first activation where it is to change the shape. */
  private static Node residual(Node x, String place, int channels, int stride) {
    Node active = x.then(place + ".bn1", new BatchNormalization(Activation.RELU));
    Node branch =
        convNormRelu(active, place + ".conv1", place + ".bn2", channels, 3, stride)
            .then(place + ".conv2", Convolution.beforeNormalization(channels, 3, 1));
    Node beside =
        x.shape().image().channels() == channels
            ? x
            : active.then(
                place + ".convShortcut", Convolution.beforeNormalization(channels, 1, stride));
    return Node.join(place + ".add", new Add(Activation.NONE), branch, beside);
  }
}
