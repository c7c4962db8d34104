package dev.dl.models.vision;

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
import java.util.List;

/**
 * MobileNetV2 (Sandler et al. 2018): inverted residuals, blocks that widen their input by a 1x1
 * convolution, filter each channel alone, and narrow it again without an activation. Weights are
 * named as torchvision names them.
 *
 * @param stemStride of the first convolution
 * @param stages of blocks, table 2 of the paper
 */
public record MobileNetV2(int stemStride, List<Stage> stages) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1801.04381";

  /** For images of about 32x32: the first two of the paper's halvings are left out. */
  public static final MobileNetV2 SMALL_IMAGES =
      new MobileNetV2(
          1,
          List.of(
              new Stage(1, 16, 1, 1),
              new Stage(6, 24, 2, 1),
              new Stage(6, 32, 3, 2),
              new Stage(6, 64, 4, 2),
              new Stage(6, 96, 3, 1),
              new Stage(6, 160, 3, 2),
              new Stage(6, 320, 1, 1)));

  private static final int STEM = 32;
  private static final int FEATURES = 1280;

  /**
   * A row of the paper's table.
   *
   * @param expansion how many times wider than its input a block is inside
   * @param channels outputs of each block
   * @param stride of the first block
   */
  public record Stage(int expansion, int channels, int blocks, int stride) {}

  public MobileNetV2 {
    stages = List.copyOf(stages);
  }

  @Override
  public Graph define(Input input, Head head) {
    Node x = Node.input(Shape.of(input.image()));
    x = convNormRelu6(x, "features.0", Convolution.beforeNormalization(STEM, 3, stemStride));
    int number = 1;
    for (Stage stage : stages) {
      for (int block = 0; block < stage.blocks(); block++) {
        int stride = block == 0 ? stage.stride() : 1;
        x = invertedResidual(x, "features." + number++, stage, stride);
      }
    }
    x = convNormRelu6(x, "features." + number, Convolution.beforeNormalization(FEATURES, 1, 1));
    return Graph.of(
        x.then("average", new GlobalAveragePooling())
            .then("classifier.1", Dense.linear(head.outputs())));
  }

  private static Node invertedResidual(Node x, String place, Stage stage, int stride) {
    int inputs = x.shape().image().channels();
    int inside = inputs * stage.expansion();
    int part = 0;
    Node branch = x;
    if (stage.expansion() > 1) {
      branch =
          convNormRelu6(
              branch, place + ".conv." + part++, Convolution.beforeNormalization(inside, 1, 1));
    }
    branch =
        convNormRelu6(branch, place + ".conv." + part++, Convolution.depthwise(inside, 3, stride));
    branch =
        branch
            .then(
                place + ".conv." + part++, Convolution.beforeNormalization(stage.channels(), 1, 1))
            .then(place + ".conv." + part, new BatchNormalization(Activation.NONE));
    return stride == 1 && inputs == stage.channels()
        ? Node.join(place + ".add", new Add(Activation.NONE), branch, x)
        : branch;
  }

  private static Node convNormRelu6(Node x, String place, Convolution convolution) {
    return x.then(place + ".0", convolution)
        .then(place + ".1", new BatchNormalization(Activation.RELU6));
  }
}
