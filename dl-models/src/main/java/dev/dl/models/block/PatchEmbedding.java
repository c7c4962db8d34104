package dev.dl.models.block;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.ImageToSequence;

/** An image as a sequence: a vector for each of the squares that it is cut into. */
public final class PatchEmbedding {
  private PatchEmbedding() {}

  /**
   * Layers {@code proj} and {@code flatten} below {@code place}: {@code [patches, features]}. An
   * image whose sides are no multiples of the patch's is refused.
   *
   * @param patch height and width of a square
   */
  public static Node patchEmbedding(Node x, String place, int patch, int features) {
    ImageShape image = x.shape().image();
    if (image.height() % patch != 0 || image.width() % patch != 0) {
      throw new IllegalArgumentException(
          "got %s images, expected sides that are multiples of %d".formatted(image, patch));
    }
    return x.then(place + ".proj", patches(patch, features))
        .then(place + ".flatten", new ImageToSequence());
  }

  /** A convolution of squares that do not overlap. */
  public static Convolution patches(int patch, int outputs) {
    return new Convolution(outputs, Window.tiles(patch), 1, true, Activation.NONE, false);
  }
}
