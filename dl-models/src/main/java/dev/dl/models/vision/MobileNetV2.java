package dev.dl.models.vision;

import dev.dl.core.kernel.Activation;
import dev.dl.models.block.ConvNormActivation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Shape;
import java.util.List;

/**
 * MobileNetV2 (Sandler et al. 2018): inverted residuals, blocks that widen their input by a 1x1
 * convolution, filter each channel alone, and narrow it again without an activation. Weights are
 * named and shaped as torchvision's.
 *
 * @param stem channels of the first convolution
 * @param stemStride of the first convolution
 * @param stages of blocks, table 2 of the paper
 * @param features channels of the last convolution
 * @param dropout rate before the classifier
 */
public record MobileNetV2(
    int stem, int stemStride, List<Stage> stages, int features, double dropout)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1801.04381";

  /** Table 2. */
  public static final MobileNetV2 IMAGENET = new MobileNetV2(32, 2, stages(2), 1280, 0.2);

  /** For images of about 32x32: the first two of the paper's halvings are left out. */
  public static final MobileNetV2 SMALL_IMAGES = new MobileNetV2(32, 1, stages(1), 1280, 0);

  private static final ConvNormActivation PARTS =
      new ConvNormActivation(new BatchNormalization(Activation.NONE), Activation.RELU6);

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

  private static List<Stage> stages(int secondStride) {
    return List.of(
        new Stage(1, 16, 1, 1),
        new Stage(6, 24, 2, secondStride),
        new Stage(6, 32, 3, 2),
        new Stage(6, 64, 4, 2),
        new Stage(6, 96, 3, 1),
        new Stage(6, 160, 3, 2),
        new Stage(6, 320, 1, 1));
  }

  @Override
  public Graph define(Input input, Head head) {
    int strides = stages.stream().mapToInt(Stage::stride).reduce(stemStride, Math::multiplyExact);
    Node x = Node.input(Shape.of(input.imageOfAtLeast(strides)));
    x = PARTS.activated(x, "features.0", Convolution.beforeNormalization(stem, 3, stemStride));
    int number = 1;
    for (Stage stage : stages) {
      for (int block = 0; block < stage.blocks(); block++) {
        int stride = block == 0 ? stage.stride() : 1;
        x = invertedResidual(x, "features." + number++, stage, stride);
      }
    }
    x = PARTS.activated(x, "features." + number, Convolution.beforeNormalization(features, 1, 1));
    x = x.then("average", new GlobalAveragePooling());
    x = dropout == 0 ? x : x.then("classifier.0", new Dropout(dropout));
    return Graph.of(x.then("classifier.1", Dense.linear(head.outputs())));
  }

  private static Node invertedResidual(Node x, String place, Stage stage, int stride) {
    int inputs = x.shape().image().channels();
    int inside = inputs * stage.expansion();
    String conv = place + ".conv.";
    int part = 0;
    Node y = x;
    if (stage.expansion() > 1) {
      y = PARTS.activated(y, conv + part++, Convolution.beforeNormalization(inside, 1, 1));
    }
    y = PARTS.activated(y, conv + part++, Convolution.depthwise(inside, 3, stride));
    y =
        y.then(conv + part++, Convolution.beforeNormalization(stage.channels(), 1, 1))
            .then(conv + part, new BatchNormalization(Activation.NONE));
    return stride == 1 && inputs == stage.channels()
        ? Node.join(place + ".add", new Add(Activation.NONE), y, x)
        : y;
  }
}
