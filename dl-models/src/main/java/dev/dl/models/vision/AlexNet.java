package dev.dl.models.vision;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Shape;
import java.util.List;

/**
 * AlexNet (Krizhevsky et al. 2012) in the form of Krizhevsky 2014, without the normalization of
 * neighbouring channels, and its convolutions in one group. Weights are named and shaped as
 * torchvision's.
 *
 * @param widths channels of the five convolutions
 * @param grid rows and columns of the last pooling, which the first dense layer reads
 * @param hidden units of each of the first two dense layers
 */
public record AlexNet(List<Integer> widths, int grid, int hidden) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1404.5997";

  public static final AlexNet PUBLISHED = new AlexNet(List.of(64, 192, 384, 256, 256), 6, 4096);

  private static final double DROPOUT = 0.5;

  public AlexNet {
    widths = List.copyOf(widths);
    if (widths.size() != 5 || grid < 1 || hidden < 1) {
      throw new IllegalArgumentException(
          "got widths %s, a grid of %d and %d hidden units, expected five and at least 1"
              .formatted(widths, grid, hidden));
    }
  }

  @Override
  public Graph define(Input input, Head head) {
    requireGrid(input.image());
    return Graph.of(
        Node.input(Shape.of(input.image()))
            .then("features.0", convolution(0, Window.of(11, 4, 2)))
            .then("features.2", pooling())
            .then("features.3", convolution(1, Window.centred(5, 1)))
            .then("features.5", pooling())
            .then("features.6", convolution(2, Window.centred(3, 1)))
            .then("features.8", convolution(3, Window.centred(3, 1)))
            .then("features.10", convolution(4, Window.centred(3, 1)))
            .then("features.12", pooling())
            .then("flatten", new Flatten())
            .then("classifier.0", new Dropout(DROPOUT))
            .then("classifier.1", new Dense(hidden, Activation.RELU))
            .then("classifier.3", new Dropout(DROPOUT))
            .then("classifier.4", new Dense(hidden, Activation.RELU))
            .then("classifier.6", Dense.linear(head.outputs())));
  }

  private Convolution convolution(int number, Window window) {
    return new Convolution(widths.get(number), window, 1, true, Activation.RELU, false);
  }

  private static Pooling pooling() {
    return new Pooling(false, Window.of(3, 2, 0));
  }

  /** One convolution of stride 4 and three poolings, none of which reaches past its input. */
  private void requireGrid(ImageShape image) {
    int least = 32 * grid + 31;
    int most = least + 31;
    if (Math.min(image.height(), image.width()) < least
        || Math.max(image.height(), image.width()) > most) {
      throw new IllegalArgumentException(
          "got %s images, expected sides of %d to %d, of which %dx%d are left for the classifier"
              .formatted(image, least, most, grid, grid));
    }
  }
}
