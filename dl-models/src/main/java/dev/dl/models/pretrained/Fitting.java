package dev.dl.models.pretrained;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.PatchPositions;
import dev.dl.models.layer.PositionEmbedding;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Weights brought to the shape that the network has, where that can be. */
final class Fitting {
  private Fitting() {}

  /**
   * A weight in the shape that is wanted; empty if it cannot take it.
   *
   * @param node the layer that it is of
   */
  static Optional<Given> fit(Given given, List<Long> wanted, Node node) {
    Tensor tensor = given.tensor();
    if (tensor.shape().equals(wanted)) {
      return Optional.of(given);
    }
    if (node.layer() instanceof PatchPositions) {
      return interpolated(tensor, node).map(fitted -> given.as(Fate.INTERPOLATED, fitted));
    }
    if (node.layer() instanceof PositionEmbedding) {
      return shortened(tensor, wanted).map(fitted -> given.as(Fate.SHORTENED, fitted));
    }
    return isFlattened(tensor.shape(), wanted)
            || isFlattened(wanted, tensor.shape())
            || withoutOnes(tensor.shape()).equals(withoutOnes(wanted))
        ? Optional.of(given.as(Fate.RESHAPED, new Tensor(wanted, tensor.values())))
        : Optional.empty();
  }

  /** Whether a dense layer reads what a convolution as large as its image does. */
  private static boolean isFlattened(List<Long> kernel, List<Long> matrix) {
    return kernel.size() == 4
        && matrix.size() == 2
        && kernel.get(0).equals(matrix.get(0))
        && kernel.get(1) * kernel.get(2) * kernel.get(3) == matrix.get(1);
  }

  /** The sizes of the axes along which there is more than one value. */
  private static List<Long> withoutOnes(List<Long> shape) {
    return shape.stream().filter(size -> size != 1).toList();
  }

  /** The first positions of more. */
  private static Optional<Tensor> shortened(Tensor table, List<Long> wanted) {
    List<Long> shape = table.shape();
    boolean longer =
        shape.size() == 2 && shape.get(0) > wanted.get(0) && shape.get(1).equals(wanted.get(1));
    int length = Math.toIntExact(wanted.get(0) * wanted.get(1));
    return longer
        ? Optional.of(new Tensor(wanted, Arrays.copyOf(table.values(), length)))
        : Optional.empty();
  }

  /**
   * The positions of another number of patches, {@code [1, 1 + patches, features]}; those of others
   * are of a square image.
   */
  private static Optional<Tensor> interpolated(Tensor positions, Node node) {
    List<Long> shape = positions.shape();
    int features = node.shape().features();
    Optional<ImageShape> patches = patches(node);
    if (patches.isEmpty() || shape.size() != 3 || shape.get(0) != 1 || shape.get(2) != features) {
      return Optional.empty();
    }
    int side = (int) Math.round(Math.sqrt(shape.get(1) - 1.0));
    ImageShape image = patches.get();
    int apart = node.shape().length() - image.height() * image.width();
    if (apart != 1 || side < 1 || (long) side * side + apart != shape.get(1)) {
      return Optional.empty();
    }
    float[] values = Arrays.copyOf(positions.values(), node.shape().length() * features);
    float[] grid =
        new PositionGrid(side, side, features)
            .interpolated(
                positions.values(),
                apart * features,
                new PositionGrid(image.height(), image.width(), features));
    System.arraycopy(grid, 0, values, apart * features, grid.length);
    return Optional.of(
        new Tensor(List.of(1L, (long) node.shape().length(), (long) features), values));
  }

  /** The patches as the image that they came from: the nearest node before with that shape. */
  private static Optional<ImageShape> patches(Node node) {
    Node at = node;
    while (!at.inputs().isEmpty() && !at.shape().isImage()) {
      at = at.inputs().get(0);
    }
    return at.shape().isImage() && !at.isInput()
        ? Optional.of(at.shape().image())
        : Optional.empty();
  }
}
