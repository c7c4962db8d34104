package dev.dl.models.vision;

import static dev.dl.models.block.ConvNormRelu.convNorm;
import static dev.dl.models.block.ConvNormRelu.convNormRelu;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
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
import dev.dl.models.layer.Subsample;
import java.util.List;

/**
 * Residual networks (He et al. 2015): a stem, then stages of blocks with a shortcut around each,
 * each stage with twice the channels and half the height and width of the one before. Weights are
 * named and shaped as torchvision's.
 *
 * @param blocks in each stage
 * @param width channels of the stem and, before a bottleneck widens them, of the first stage
 */
public record ResNet(Stem stem, Block block, List<Integer> blocks, int width, Shortcut shortcut)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1512.03385";
  public static final String RESNEXT_PAPER = "https://arxiv.org/abs/1611.05431";
  public static final String SQUEEZE_PAPER = "https://arxiv.org/abs/1709.01507";

  /** Section 4.2: 6n + 2 layers. */
  public static final ResNet RESNET_20 = thin(3);

  public static final ResNet RESNET_32 = thin(5);
  public static final ResNet RESNET_44 = thin(7);
  public static final ResNet RESNET_56 = thin(9);
  public static final ResNet RESNET_110 = thin(18);

  /** Table 1 without the 7x7 convolution of stride 2 and the pooling at the start. */
  public static final ResNet RESNET_18 = smallImages(List.of(2, 2, 2, 2));

  public static final ResNet RESNET_34 = smallImages(List.of(3, 4, 6, 3));

  /** Table 1. */
  public static final ResNet IMAGENET_18 = imageNet(new Basic(), List.of(2, 2, 2, 2));

  public static final ResNet IMAGENET_34 = imageNet(new Basic(), List.of(3, 4, 6, 3));
  public static final ResNet IMAGENET_50 = imageNet(Bottleneck.PLAIN, List.of(3, 4, 6, 3));
  public static final ResNet IMAGENET_101 = imageNet(Bottleneck.PLAIN, List.of(3, 4, 23, 3));
  public static final ResNet IMAGENET_152 = imageNet(Bottleneck.PLAIN, List.of(3, 8, 36, 3));

  /** ResNeXt-50 32x4d (Xie et al. 2016): 32 groups, of 4 channels in the first stage. */
  public static final ResNet RESNEXT_50 =
      imageNet(new Bottleneck(2, 32, false), List.of(3, 4, 6, 3));

  /** WRN-50-2-bottleneck (Zagoruyko and Komodakis 2016, table 8). */
  public static final ResNet WIDE_50_2 = imageNet(new Bottleneck(2, 1, false), List.of(3, 4, 6, 3));

  /** SE-ResNet-50 (Hu et al. 2017); weights are named as timm's. */
  public static final ResNet SE_50 = imageNet(new Bottleneck(1, 1, true), List.of(3, 4, 6, 3));

  public ResNet {
    blocks = List.copyOf(blocks);
  }

  private static ResNet thin(int blocks) {
    List<Integer> stages = List.of(blocks, blocks, blocks);
    return new ResNet(Stem.SMALL_IMAGES, new Basic(), stages, 16, Shortcut.SUBSAMPLE);
  }

  private static ResNet smallImages(List<Integer> blocks) {
    return new ResNet(Stem.SMALL_IMAGES, new Basic(), blocks, 64, Shortcut.PROJECT);
  }

  private static ResNet imageNet(Block block, List<Integer> blocks) {
    return new ResNet(Stem.IMAGENET, block, blocks, 64, Shortcut.PROJECT);
  }

  /** What comes before the first stage. */
  public enum Stem {
    /** A 3x3 convolution. */
    SMALL_IMAGES {
      @Override
      Node of(Node image, int width) {
        return convNormRelu(image, "conv1", "bn1", width, 3, 1);
      }

      @Override
      int stride() {
        return 1;
      }
    },
    /** A 7x7 convolution and a pooling, which halve height and width both. */
    IMAGENET {
      @Override
      Node of(Node image, int width) {
        return convNormRelu(image, "conv1", "bn1", width, 7, 2)
            .then("maxpool", new Pooling(false, Window.centred(3, 2)));
      }

      @Override
      int stride() {
        return 4;
      }
    };

    abstract Node of(Node image, int width);

    abstract int stride();
  }

  /** How the input of a block takes the shape of its output. */
  public enum Shortcut {
    /** Every second pixel and channels of zeros: option A, only where height and width halve. */
    SUBSAMPLE {
      @Override
      Node from(Node x, String place, int channels, int stride) {
        return x.then(place + ".shortcut", new Subsample(channels));
      }
    },
    /** A 1x1 convolution: option B. */
    PROJECT {
      @Override
      Node from(Node x, String place, int channels, int stride) {
        return convNorm(x, place + ".downsample.0", place + ".downsample.1", channels, 1, stride);
      }
    };

    abstract Node from(Node x, String place, int channels, int stride);
  }

  /** What a shortcut goes around. */
  public sealed interface Block {
    /** Channels of the output in a stage of so many. */
    int outputs(int channels);

    /** The layers below {@code place}, before the sum. */
    Node branch(Node x, String place, int channels, int stride);
  }

  /** Two 3x3 convolutions. */
  public record Basic() implements Block {
    @Override
    public int outputs(int channels) {
      return channels;
    }

    @Override
    public Node branch(Node x, String place, int channels, int stride) {
      Node y = convNormRelu(x, place + ".conv1", place + ".bn1", channels, 3, stride);
      return convNorm(y, place + ".conv2", place + ".bn2", channels, 3, 1);
    }
  }

  /**
   * A 3x3 convolution between one of 1x1 that narrows and one that widens. The 3x3 has the stride,
   * as torchvision's, where the paper gives it to the first.
   *
   * @param widening channels of the 3x3 convolution for each of the stage
   * @param groups of the 3x3 convolution
   * @param squeezing whether squeeze and excitation comes before the sum
   */
  public record Bottleneck(int widening, int groups, boolean squeezing) implements Block {
    static final Bottleneck PLAIN = new Bottleneck(1, 1, false);

    private static final int EXPANSION = 4;
    private static final int REDUCTION = 16;

    @Override
    public int outputs(int channels) {
      return EXPANSION * channels;
    }

    @Override
    public Node branch(Node x, String place, int channels, int stride) {
      int inside = widening * channels;
      int outputs = outputs(channels);
      Convolution grouped =
          new Convolution(inside, Window.centred(3, stride), groups, false, Activation.NONE, true);
      Node y =
          convNormRelu(x, place + ".conv1", place + ".bn1", inside, 1, 1)
              .then(place + ".conv2", grouped)
              .then(place + ".bn2", new BatchNormalization(Activation.RELU));
      y = convNorm(y, place + ".conv3", place + ".bn3", outputs, 1, 1);
      return squeezing ? SqueezeExcitation.to(outputs / REDUCTION).of(y, place + ".se") : y;
    }
  }

  @Override
  public Graph define(Input input, Head head) {
    int strides = stem.stride() << (blocks.size() - 1);
    Node x = stem.of(Node.input(Shape.of(input.imageOfAtLeast(strides))), width);
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int number = 0; number < blocks.get(stage); number++) {
        int stride = stage > 0 && number == 0 ? 2 : 1;
        x = residual(x, "layer" + (stage + 1) + "." + number, width << stage, stride);
      }
    }
    return Graph.of(
        x.then("average", new GlobalAveragePooling()).then("fc", Dense.linear(head.outputs())));
  }

  private Node residual(Node x, String place, int channels, int stride) {
    Node branch = block.branch(x, place, channels, stride);
    int outputs = block.outputs(channels);
    boolean same = stride == 1 && x.shape().image().channels() == outputs;
    Node beside = same ? x : shortcut.from(x, place, outputs, stride);
    return Node.join(place + ".add", new Add(Activation.RELU), branch, beside);
  }
}
