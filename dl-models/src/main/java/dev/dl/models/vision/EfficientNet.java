package dev.dl.models.vision;

import static dev.dl.core.kernel.Activation.NONE;
import static dev.dl.core.kernel.Activation.SIGMOID;
import static dev.dl.core.kernel.Activation.SILU;

import dev.dl.models.block.ConvNormActivation;
import dev.dl.models.block.InvertedResidual;
import dev.dl.models.block.RoundedWidth;
import dev.dl.models.block.SqueezeExcitation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Shape;
import java.util.List;
import java.util.Optional;

/**
 * EfficientNet (Tan and Le 2019): inverted residuals with squeeze and excitation, and a family of
 * them by scaling width, depth and the size of the images together. Weights are named and shaped as
 * torchvision's.
 *
 * @param stem channels of the first convolution
 * @param dropout rate before the classifier
 */
public record EfficientNet(int stem, List<Stage> stages, double dropout) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1905.11946";

  /** Table 1; the others are it with the coefficients of the authors' code, for larger images. */
  public static final EfficientNet B0 =
      new EfficientNet(
          32,
          List.of(
              new Stage(1, 3, 16, 1, 1),
              new Stage(6, 3, 24, 2, 2),
              new Stage(6, 5, 40, 2, 2),
              new Stage(6, 3, 80, 3, 2),
              new Stage(6, 5, 112, 3, 1),
              new Stage(6, 5, 192, 4, 2),
              new Stage(6, 3, 320, 1, 1)),
          0.2);

  public static final EfficientNet B1 = B0.scaled(1, 1.1, 0.2);
  public static final EfficientNet B2 = B0.scaled(1.1, 1.2, 0.3);
  public static final EfficientNet B3 = B0.scaled(1.2, 1.4, 0.3);
  public static final EfficientNet B4 = B0.scaled(1.4, 1.8, 0.4);

  private static final ConvNormActivation PARTS =
      new ConvNormActivation(new BatchNormalization(NONE), SILU);
  private static final int STEM_STRIDE = 2;
  private static final int FEATURES = 4;
  private static final int SQUEEZE = 4;

  /** Rate of a block after the last; it grows evenly from zero in the first. */
  private static final double STOCHASTIC_DEPTH = 0.2;

  /**
   * A row of the paper's table.
   *
   * @param expansion how many times wider than its input a block is inside
   * @param channels outputs of each block
   * @param stride of the first block
   */
  public record Stage(int expansion, int kernel, int channels, int blocks, int stride) {

    private Node block(Node x, String place, int blockStride, double stochasticDepth) {
      int inputs = x.shape().image().channels();
      SqueezeExcitation squeeze =
          new SqueezeExcitation(Math.max(1, inputs / SQUEEZE), SILU, SIGMOID);
      return new InvertedResidual(
              kernel, inputs * expansion, channels, blockStride, Optional.of(squeeze), PARTS)
          .of(x, place, stochasticDepth);
    }
  }

  public EfficientNet {
    stages = List.copyOf(stages);
  }

  private EfficientNet scaled(double width, double depth, double otherDropout) {
    List<Stage> scaled =
        stages.stream()
            .map(
                stage ->
                    new Stage(
                        stage.expansion(),
                        stage.kernel(),
                        RoundedWidth.of(width * stage.channels()),
                        (int) Math.ceil(depth * stage.blocks()),
                        stage.stride()))
            .toList();
    return new EfficientNet(RoundedWidth.of(width * stem), scaled, otherDropout);
  }

  @Override
  public Graph define(Input input, Head head) {
    int strides = stages.stream().mapToInt(Stage::stride).reduce(STEM_STRIDE, Math::multiplyExact);
    int all = stages.stream().mapToInt(Stage::blocks).sum();
    Node x = Node.input(Shape.of(input.imageOfAtLeast(strides)));
    x = PARTS.activated(x, "features.0", Convolution.beforeNormalization(stem, 3, STEM_STRIDE));
    int number = 0;
    int place = 1;
    for (Stage stage : stages) {
      for (int block = 0; block < stage.blocks(); block++) {
        int stride = block == 0 ? stage.stride() : 1;
        double rate = STOCHASTIC_DEPTH * number++ / all;
        x = stage.block(x, "features." + place + "." + block, stride, rate);
      }
      place++;
    }
    int features = FEATURES * x.shape().image().channels();
    x = PARTS.activated(x, "features." + place, Convolution.beforeNormalization(features, 1, 1));
    return Graph.of(
        x.then("avgpool", new GlobalAveragePooling())
            .then("classifier.0", new Dropout(dropout))
            .then("classifier.1", Dense.linear(head.outputs())));
  }
}
