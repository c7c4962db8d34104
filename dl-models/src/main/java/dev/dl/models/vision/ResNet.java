package dev.dl.models.vision;

import static dev.dl.models.block.ConvNormRelu.convNorm;
import static dev.dl.models.block.ConvNormRelu.convNormRelu;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.Subsample;
import java.util.List;

/**
 * Residual networks of basic blocks for small images (He et al. 2015): a 3x3 convolution, then
 * stages of blocks, each stage with twice the channels and half the height and width of the one
 * before.
 *
 * @param blocks in each stage
 * @param width channels of the first stage
 */
public record ResNet(List<Integer> blocks, int width, Shortcut shortcut) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1512.03385";

  /** Section 4.2: 6n + 2 layers. */
  public static final ResNet RESNET_20 = new ResNet(List.of(3, 3, 3), 16, Shortcut.SUBSAMPLE);

  public static final ResNet RESNET_32 = new ResNet(List.of(5, 5, 5), 16, Shortcut.SUBSAMPLE);
  public static final ResNet RESNET_56 = new ResNet(List.of(9, 9, 9), 16, Shortcut.SUBSAMPLE);

  /** Table 1 without the 7x7 convolution of stride 2 and the pooling at the start. */
  public static final ResNet RESNET_18 = new ResNet(List.of(2, 2, 2, 2), 64, Shortcut.PROJECT);

  public static final ResNet RESNET_34 = new ResNet(List.of(3, 4, 6, 3), 64, Shortcut.PROJECT);

  public ResNet {
    blocks = List.copyOf(blocks);
  }

  /** How the input of a stage takes the shape of its output. */
  public enum Shortcut {
    /** Every second pixel and channels of zeros: option A. */
    SUBSAMPLE {
      @Override
      Node from(Node x, String place, int channels) {
        return x.then(place + ".shortcut", new Subsample(channels));
      }
    },
    /** A 1x1 convolution: option B. */
    PROJECT {
      @Override
      Node from(Node x, String place, int channels) {
        return convNorm(x, place + ".downsample.0", place + ".downsample.1", channels, 1, 2);
      }
    };

    abstract Node from(Node x, String place, int channels);
  }

  @Override
  public Graph define(Input input, Head head) {
    Node x = convNormRelu(Node.input(Shape.of(input.image())), "conv1", "bn1", width, 3, 1);
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int block = 0; block < blocks.get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        x = residual(x, "layer" + (stage + 1) + "." + block, width << stage, stride);
      }
    }
    return Graph.of(
        x.then("average", new GlobalAveragePooling()).then("fc", Dense.linear(head.outputs())));
  }

  private Node residual(Node x, String place, int channels, int stride) {
    Node branch = convNormRelu(x, place + ".conv1", place + ".bn1", channels, 3, stride);
    branch = convNorm(branch, place + ".conv2", place + ".bn2", channels, 3, 1);
    Node beside = stride == 1 ? x : shortcut.from(x, place, channels);
    return Node.join(place + ".add", new Add(Activation.RELU), branch, beside);
  }
}
