package dev.dl.models.vision;

import static dev.dl.models.block.ConvNormRelu.convNormRelu;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Concatenate;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.ImageToSequence;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.TransposedConvolution;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * U-Net (Ronneberger et al. 2015): down to small images of many channels and up again, with what
 * each level had on the way down beside what comes from below, and a class for each pixel. Padded,
 * so that the output has the size of the input, and batch-normalized; weights are named as in the
 * usual PyTorch implementation (https://github.com/milesial/Pytorch-UNet).
 *
 * @param depth how often height and width are halved
 * @param width channels of the first level, doubled at each further one
 */
public record UNet(int depth, int width) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1505.04597";

  /** Figure 1. */
  public static final UNet PUBLISHED = new UNet(4, 64);

  public static final UNet SMALL = new UNet(3, 16);

  public UNet {
    if (depth < 1 || width < 1) {
      throw new IllegalArgumentException(
          "got depth %d and width %d, expected at least 1".formatted(depth, width));
    }
  }

  /** The network with logits for each pixel, row by row: {@code [height · width, classes]}. */
  @Override
  public Graph define(Input input, Head head) {
    head.requirePixels();
    requireHalves(input.image());
    Node x = twoConvolutions(Node.input(Shape.of(input.image())), "inc", width);
    Deque<Node> beside = new ArrayDeque<>();
    for (int level = 1; level <= depth; level++) {
      String place = "down" + level + ".maxpool_conv";
      beside.push(x);
      x = twoConvolutions(x.then(place + ".0", Pooling.maximum(2)), place + ".1", width << level);
    }
    for (int level = 1; level <= depth; level++) {
      String place = "up" + level;
      int channels = width << depth - level;
      Node larger =
          x.then(place + ".up", new TransposedConvolution(channels, Window.tiles(2), 0, 1, true));
      Node both = Node.join(place + ".cat", new Concatenate(), beside.pop(), larger);
      x = twoConvolutions(both, place + ".conv", channels);
    }
    Convolution classifier =
        new Convolution(head.outputs(), Window.tiles(1), 1, true, Activation.NONE, false);
    return Graph.of(x.then("outc.conv", classifier).then("pixels", new ImageToSequence()));
  }

  private void requireHalves(ImageShape image) {
    int multiple = 1 << depth;
    if (image.height() % multiple != 0 || image.width() % multiple != 0) {
      throw new IllegalArgumentException(
          "got %s images, expected sides that are multiples of %d".formatted(image, multiple));
    }
  }

  private static Node twoConvolutions(Node x, String place, int channels) {
    String inside = place + ".double_conv.";
    Node y = convNormRelu(x, inside + 0, inside + 1, channels, 3, 1);
    return convNormRelu(y, inside + 3, inside + 4, channels, 3, 1);
  }
}
