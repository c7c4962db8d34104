package dev.dl.models.vision;

import static dev.dl.core.kernel.Activation.HARD_SIGMOID;
import static dev.dl.core.kernel.Activation.HARD_SWISH;
import static dev.dl.core.kernel.Activation.NONE;
import static dev.dl.core.kernel.Activation.RELU;

import dev.dl.core.kernel.Activation;
import dev.dl.models.block.ConvNormActivation;
import dev.dl.models.block.InvertedResidual;
import dev.dl.models.block.RoundedWidth;
import dev.dl.models.block.SqueezeExcitation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Shape;
import java.util.List;
import java.util.Optional;

/**
 * MobileNetV3 (Howard et al. 2019): inverted residuals that an automatic search chose, with squeeze
 * and excitation in some and an activation that is cheap on telephones. Weights are named and
 * shaped as torchvision's, from which the epsilon and momentum of the normalizations are, too.
 *
 * @param stem channels of the first convolution
 * @param hidden units of the first dense layer
 */
public record MobileNetV3(int stem, List<Block> blocks, int hidden) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1905.02244";

  /** Table 1. */
  public static final MobileNetV3 LARGE =
      new MobileNetV3(
          16,
          List.of(
              new Block(3, 16, 16, false, RELU, 1),
              new Block(3, 64, 24, false, RELU, 2),
              new Block(3, 72, 24, false, RELU, 1),
              new Block(5, 72, 40, true, RELU, 2),
              new Block(5, 120, 40, true, RELU, 1),
              new Block(5, 120, 40, true, RELU, 1),
              new Block(3, 240, 80, false, HARD_SWISH, 2),
              new Block(3, 200, 80, false, HARD_SWISH, 1),
              new Block(3, 184, 80, false, HARD_SWISH, 1),
              new Block(3, 184, 80, false, HARD_SWISH, 1),
              new Block(3, 480, 112, true, HARD_SWISH, 1),
              new Block(3, 672, 112, true, HARD_SWISH, 1),
              new Block(5, 672, 160, true, HARD_SWISH, 2),
              new Block(5, 960, 160, true, HARD_SWISH, 1),
              new Block(5, 960, 160, true, HARD_SWISH, 1)),
          1280);

  /** Table 2. */
  public static final MobileNetV3 SMALL =
      new MobileNetV3(
          16,
          List.of(
              new Block(3, 16, 16, true, RELU, 2),
              new Block(3, 72, 24, false, RELU, 2),
              new Block(3, 88, 24, false, RELU, 1),
              new Block(5, 96, 40, true, HARD_SWISH, 2),
              new Block(5, 240, 40, true, HARD_SWISH, 1),
              new Block(5, 240, 40, true, HARD_SWISH, 1),
              new Block(5, 120, 48, true, HARD_SWISH, 1),
              new Block(5, 144, 48, true, HARD_SWISH, 1),
              new Block(5, 288, 96, true, HARD_SWISH, 2),
              new Block(5, 576, 96, true, HARD_SWISH, 1),
              new Block(5, 576, 96, true, HARD_SWISH, 1)),
          1024);

  private static final BatchNormalization NORMALIZATION = new BatchNormalization(NONE, 0.001, 0.01);
  private static final ConvNormActivation PARTS = new ConvNormActivation(NORMALIZATION, HARD_SWISH);
  private static final int STEM_STRIDE = 2;
  private static final int FEATURES = 6;
  private static final int SQUEEZE = 4;
  private static final double DROPOUT = 0.2;

  /**
   * A row of the paper's tables.
   *
   * @param inside channels that the input is widened to
   */
  public record Block(
      int kernel, int inside, int outputs, boolean squeezing, Activation activation, int stride) {

    private Node of(Node x, String place) {
      int quarter = inside / SQUEEZE;
      Optional<SqueezeExcitation> squeeze =
          squeezing
              ? Optional.of(new SqueezeExcitation(RoundedWidth.of(quarter), RELU, HARD_SIGMOID))
              : Optional.empty();
      ConvNormActivation parts = new ConvNormActivation(NORMALIZATION, activation);
      return new InvertedResidual(kernel, inside, outputs, stride, squeeze, parts).of(x, place, 0);
    }
  }

  public MobileNetV3 {
    blocks = List.copyOf(blocks);
  }

  @Override
  public Graph define(Input input, Head head) {
    int strides = blocks.stream().mapToInt(Block::stride).reduce(STEM_STRIDE, Math::multiplyExact);
    Node x = Node.input(Shape.of(input.imageOfAtLeast(strides)));
    x = PARTS.activated(x, "features.0", Convolution.beforeNormalization(stem, 3, STEM_STRIDE));
    int number = 1;
    for (Block block : blocks) {
      x = block.of(x, "features." + number++);
    }
    int features = FEATURES * x.shape().image().channels();
    x = PARTS.activated(x, "features." + number, Convolution.beforeNormalization(features, 1, 1));
    return Graph.of(
        x.then("avgpool", new GlobalAveragePooling())
            .then("classifier.0", Dense.linear(hidden))
            .then("classifier.1", new Activate(HARD_SWISH))
            .then("classifier.2", new Dropout(DROPOUT))
            .then("classifier.3", Dense.linear(head.outputs())));
  }
}
