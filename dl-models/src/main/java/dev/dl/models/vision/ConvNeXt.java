package dev.dl.models.vision;

import static dev.dl.models.block.PatchEmbedding.patches;
import static dev.dl.models.block.Residual.residual;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.block.FeedForward;
import dev.dl.models.block.Residual;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.ImageToSequence;
import dev.dl.models.layer.Layer;
import dev.dl.models.layer.LayerNormalization;
import dev.dl.models.layer.LayerScale;
import dev.dl.models.layer.PointwiseConvolution;
import dev.dl.models.layer.SequenceToImage;
import dev.dl.models.layer.Shape;
import java.util.List;
import java.util.function.IntFunction;

/**
 * ConvNeXt (Liu et al. 2022): a residual network brought up to date step by step, with the shape of
 * a transformer's blocks: a 7x7 convolution of each channel alone, then two dense layers for each
 * pixel. Weights are named and shaped as timm's.
 *
 * @param patch height and width of the squares that the stem cuts an image into
 * @param blocks in each stage
 * @param widths channels of each stage, which halves height and width but for the first
 * @param pixels how the weights of the dense layers are shaped
 * @param stochasticDepth rate of the last block, growing evenly from zero
 */
public record ConvNeXt(
    int patch, List<Integer> blocks, List<Integer> widths, Pixels pixels, double stochasticDepth)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/2201.03545";

  /** The four smallest are timm's, by Ross Wightman. */
  public static final ConvNeXt ATTO = small(List.of(2, 2, 6, 2), 40);

  public static final ConvNeXt FEMTO = small(List.of(2, 2, 6, 2), 48);
  public static final ConvNeXt PICO = small(List.of(2, 2, 6, 2), 64);
  public static final ConvNeXt NANO = small(List.of(2, 2, 8, 2), 80);

  /** Section 2.6 and, for the rates, table 5. */
  public static final ConvNeXt TINY = published(List.of(3, 3, 9, 3), 96, 0.1);

  public static final ConvNeXt SMALL = published(List.of(3, 3, 27, 3), 96, 0.4);
  public static final ConvNeXt BASE = published(List.of(3, 3, 27, 3), 128, 0.5);

  /** Atto for images of about 32x32, cut into squares of two. */
  public static final ConvNeXt SMALL_IMAGES =
      new ConvNeXt(2, ATTO.blocks, ATTO.widths, ATTO.pixels, ATTO.stochasticDepth);

  private static final double EPSILON = 1e-6;
  private static final double LAYER_SCALE = 1e-6;
  private static final int KERNEL = 7;
  private static final int EXPANSION = 4;

  /** The dense layers of pixels. */
  public enum Pixels {
    /** Dense: {@code [outputs, inputs]}. */
    DENSE(Dense::transformer),
    /** 1x1 convolutions: {@code [outputs, inputs, 1, 1]}. */
    CONVOLUTION(outputs -> new PointwiseConvolution(outputs, true));

    private final IntFunction<Layer> layer;

    Pixels(IntFunction<Layer> layer) {
      this.layer = layer;
    }
  }

  public ConvNeXt {
    blocks = List.copyOf(blocks);
    widths = List.copyOf(widths);
    if (blocks.size() != widths.size()) {
      throw new IllegalArgumentException(
          "got %d stages of blocks and %d widths, expected as many"
              .formatted(blocks.size(), widths.size()));
    }
  }

  private static ConvNeXt small(List<Integer> blocks, int width) {
    return new ConvNeXt(4, blocks, doubling(width), Pixels.CONVOLUTION, 0.1);
  }

  private static ConvNeXt published(List<Integer> blocks, int width, double stochasticDepth) {
    return new ConvNeXt(4, blocks, doubling(width), Pixels.DENSE, stochasticDepth);
  }

  private static List<Integer> doubling(int width) {
    return List.of(width, 2 * width, 4 * width, 8 * width);
  }

  @Override
  public Graph define(Input input, Head head) {
    Node x = Node.input(Shape.of(input.image())).then("stem.0", patches(patch, widths.get(0)));
    x = normalized(x, "stem.1");
    int all = blocks.stream().mapToInt(Integer::intValue).sum();
    int number = 0;
    for (int stage = 0; stage < blocks.size(); stage++) {
      String place = "stages." + stage;
      if (stage > 0) {
        x = normalized(x, place + ".downsample.0");
        x = x.then(place + ".downsample.1", patches(2, widths.get(stage)));
      }
      for (int block = 0; block < blocks.get(stage); block++) {
        double rate = Residual.growing(stochasticDepth, number++, all);
        x = block(x, place + ".blocks." + block, rate);
      }
    }
    return Graph.of(
        x.then("head.global_pool", new GlobalAveragePooling())
            .then("head.norm", new LayerNormalization(EPSILON))
            .then("head.fc", Dense.transformer(head.outputs())));
  }

  /** Each pixel normalized over its channels. */
  private static Node normalized(Node x, String place) {
    Node pixels = x.then(place + ".pixels", new ImageToSequence());
    return image(pixels.then(place, new LayerNormalization(EPSILON)), place, x.shape().image());
  }

  private static Node image(Node pixels, String place, ImageShape like) {
    return pixels.then(place + ".image", new SequenceToImage(like.height(), like.width()));
  }

  private Node block(Node x, String place, double rate) {
    ImageShape image = x.shape().image();
    int channels = image.channels();
    Convolution filter =
        new Convolution(
            channels, Window.centred(KERNEL, 1), channels, true, Activation.NONE, false);
    Node normalized =
        x.then(place + ".conv_dw", filter)
            .then(place + ".pixels", new ImageToSequence())
            .then(place + ".norm", new LayerNormalization(EPSILON));
    Node mixed =
        FeedForward.feedForward(normalized, place + ".mlp", EXPANSION * channels, pixels.layer)
            .then(place + ".gamma", new LayerScale(LAYER_SCALE));
    return residual(x, image(mixed, place, image), place, rate);
  }
}
