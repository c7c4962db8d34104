package dev.dl.models.vision;

import static dev.dl.core.kernel.Activation.HARD_SWISH;
import static dev.dl.core.kernel.Activation.NONE;
import static dev.dl.core.kernel.Activation.RELU;
import static dev.dl.core.kernel.Activation.STEEP_HARD_SIGMOID;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.block.ConvNormActivation;
import dev.dl.models.block.SqueezeExcitation;
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
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Shape;
import java.util.List;

/**
 * The classifier of PP-OCR, which tells pictures of a line of text from those upside down (Du et
 * al. 2020): a narrow MobileNetV3 whose halvings but the first keep the length of the line. Its
 * published weights read pictures with pixels from -1 to 1, blue before green before red.
 *
 * @param stem channels of the first convolution
 * @param features channels of the last convolution
 */
public record TextDirection(int stem, List<Block> blocks, int features) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/2009.09941";

  /** MobileNetV3-Small (table 2 of its paper) at 0.35 of its width, the classifier's default. */
  public static final TextDirection PP_OCR =
      new TextDirection(
          8,
          List.of(
              new Block(3, 8, 8, true, RELU, 2),
              new Block(3, 24, 8, false, RELU, 2),
              new Block(3, 32, 8, false, RELU, 1),
              new Block(5, 32, 16, true, HARD_SWISH, 2),
              new Block(5, 88, 16, true, HARD_SWISH, 1),
              new Block(5, 88, 16, true, HARD_SWISH, 1),
              new Block(5, 40, 16, true, HARD_SWISH, 1),
              new Block(5, 48, 16, true, HARD_SWISH, 1),
              new Block(5, 104, 32, true, HARD_SWISH, 2),
              new Block(5, 200, 32, true, HARD_SWISH, 1),
              new Block(5, 200, 32, true, HARD_SWISH, 1)),
          200);

  private static final int SQUEEZE = 4;
  private static final int FIRST_BLOCK = 2;

  /**
   * An inverted residual, which widens its input even where that has as many channels.
   *
   * @param inside channels that the input is widened to
   * @param rowStride pixels that it moves down; to the side it moves one by one
   */
  public record Block(
      int kernel,
      int inside,
      int outputs,
      boolean squeezing,
      Activation activation,
      int rowStride) {

    private Node of(Node x, String place) {
      ConvNormActivation parts = parts(activation);
      Node y = parts.activated(x, place + "_expand", pixelwise(inside));
      y = parts.activated(y, place + "_depthwise", depthwise());
      if (squeezing) {
        y = new SqueezeExcitation(inside / SQUEEZE, RELU, STEEP_HARD_SIGMOID).of(y, place + "_se");
      }
      y = parts.linear(y, place + "_linear", pixelwise(outputs));
      return y.shape().equals(x.shape()) ? Node.join(place + "_add", new Add(NONE), x, y) : y;
    }

    private Convolution depthwise() {
      Window window = Window.centred(kernel, rowStride, 1);
      return new Convolution(inside, window, inside, false, NONE, true);
    }
  }

  public TextDirection {
    blocks = List.copyOf(blocks);
  }

  private static ConvNormActivation parts(Activation activation) {
    return new ConvNormActivation(new BatchNormalization(NONE), activation);
  }

  private static Convolution pixelwise(int outputs) {
    return Convolution.beforeNormalization(outputs, 1, 1);
  }

  @Override
  public Graph define(Input input, Head head) {
    ImageShape image = input.image();
    Node x = Node.input(Shape.of(image));
    x = parts(HARD_SWISH).activated(x, "conv1", Convolution.beforeNormalization(stem, 3, 2));
    int number = FIRST_BLOCK;
    for (Block block : blocks) {
      x = block.of(x, "conv" + number++);
    }
    x = parts(HARD_SWISH).activated(x, "conv_last", pixelwise(features));
    ImageShape last = x.shape().image();
    if (Math.min(last.height(), last.width()) < 2) {
      throw new IllegalArgumentException(
          "got %s images, expected larger ones, such as of 48x192".formatted(image));
    }
    return Graph.of(
        x.then("maxpool", Pooling.maximum(2))
            .then("avgpool", new GlobalAveragePooling())
            .then("fc", Dense.linear(head.outputs())));
  }
}
