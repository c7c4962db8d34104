package dev.dl.models.vision;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Shape;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * VGG (Simonyan and Zisserman 2014): stages of 3x3 convolutions, each stage ending in a pooling
 * that halves height and width, and three dense layers. Weights are named and shaped as
 * torchvision's.
 *
 * @param widths channels of the convolutions, stage by stage
 * @param grid rows and columns of the last pooling, which the first dense layer reads
 * @param hidden units of each of the first two dense layers
 * @param normalized whether each convolution is followed by batch normalization
 */
public record Vgg(List<List<Integer>> widths, int grid, int hidden, boolean normalized)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1409.1556";

  /** Table 1, columns A, B, D and E. */
  public static final Vgg VGG_11 = published(1, 1, 2, 2, 2);

  public static final Vgg VGG_13 = published(2, 2, 2, 2, 2);
  public static final Vgg VGG_16 = published(2, 2, 3, 3, 3);
  public static final Vgg VGG_19 = published(2, 2, 4, 4, 4);

  private static final double DROPOUT = 0.5;

  public Vgg {
    widths = widths.stream().map(List::copyOf).toList();
    if (grid < 1 || hidden < 1) {
      throw new IllegalArgumentException(
          "got a grid of %d and %d hidden units, expected at least 1".formatted(grid, hidden));
    }
  }

  private static Vgg published(int... convolutions) {
    List<List<Integer>> widths =
        IntStream.range(0, convolutions.length)
            .mapToObj(stage -> Collections.nCopies(convolutions[stage], Math.min(64 << stage, 512)))
            .toList();
    return new Vgg(widths, 7, 4096, false);
  }

  /** The same with batch normalization. */
  public Vgg withNormalization() {
    return new Vgg(widths, grid, hidden, true);
  }

  @Override
  public Graph define(Input input, Head head) {
    requireGrid(input.image());
    Node x = Node.input(Shape.of(input.image()));
    int number = 0;
    for (List<Integer> stage : widths) {
      for (int channels : stage) {
        x = convolution(x, number, channels);
        number += normalized ? 3 : 2;
      }
      x = x.then("features." + number++, Pooling.maximum(2));
    }
    return Graph.of(
        x.then("flatten", new Flatten())
            .then("classifier.0", new Dense(hidden, Activation.RELU))
            .then("classifier.2", new Dropout(DROPOUT))
            .then("classifier.3", new Dense(hidden, Activation.RELU))
            .then("classifier.5", new Dropout(DROPOUT))
            .then("classifier.6", Dense.linear(head.outputs())));
  }

  /** Up to and with the activation, which has a number of its own in torchvision. */
  private Node convolution(Node x, int number, int channels) {
    Activation activation = normalized ? Activation.NONE : Activation.RELU;
    Convolution convolution =
        new Convolution(channels, Window.centred(3, 1), 1, true, activation, true);
    Node y = x.then("features." + number, convolution);
    return normalized
        ? y.then("features." + (number + 1), new BatchNormalization(Activation.RELU))
        : y;
  }

  private void requireGrid(ImageShape image) {
    int least = grid << widths.size();
    int most = (grid + 1 << widths.size()) - 1;
    if (Math.min(image.height(), image.width()) < least
        || Math.max(image.height(), image.width()) > most) {
      throw new IllegalArgumentException(
          "got %s images, expected sides of %d to %d, of which %dx%d are left for the classifier"
              .formatted(image, least, most, grid, grid));
    }
  }
}
