package dev.dl.models.stack;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Kinds;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TableInput;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.ImageToSequence;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.TableFeatures;
import dev.dl.models.layer.UnitLength;
import java.util.List;
import java.util.Optional;

/**
 * Blocks one after the other, then a layer {@code head} with the outputs that the task asks for.
 * Categories of a table become vectors before the first block. Texts whose tokens are never made
 * one vector have outputs for each token: tags, or the next token, for which their blocks do not
 * look ahead.
 */
public record Stack(List<Block> layers) implements Architecture {
  private static final String LAYERS = "layers";

  public Stack {
    layers = List.copyOf(layers);
  }

  /**
   * The network; a block that cannot take what the one before it gives is refused.
   *
   * @throws ConfigException with the block's place in the configuration
   */
  @Override
  public Graph define(Input input, Head head) {
    Node values = Node.input(input.shape());
    boolean text = input instanceof TextInput;
    Node start = text ? input.text().ids(values) : values;
    boolean eachToken = text && layers.stream().noneMatch(Block::endsSequence);
    boolean causal = eachToken && !head.ofTokens();
    Optional<Node> mask =
        text && !causal
            ? Optional.of(start.then("mask", new PaddingMask(TextInput.PADDING)))
            : Optional.empty();
    if (text) {
      requireEmbedding();
    }
    Node x = input instanceof TableInput table ? columns(start, table) : start;
    Node end = chain(x, layers, new Place("", input, mask, causal));
    requireNoSecondHead(head);
    return Graph.of(
        head.kind() == Head.Kind.PIXELS
            ? pixels(end, input.image(), head)
            : outputs(end, eachToken, input, head));
  }

  private static Node columns(Node row, TableInput table) {
    return table.cardinalities().isEmpty()
        ? row
        : row.then("columns", new TableFeatures(table.numericFeatures(), table.cardinalities()));
  }

  /**
   * The blocks of one list, named by their numbers in it; activations become part of what they
   * follow.
   */
  static Node chain(Node x, List<Block> blocks, Place outer) {
    Node end = x;
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      Place place =
          outer.within(LAYERS).within(Integer.toString(i)).within(Kinds.name(block.getClass()));
      Optional<Block> both =
          i + 1 < blocks.size()
              ? blocks
                  .get(i + 1)
                  .asActivation()
                  .filter(Activation::gradientFollowsFromOutput)
                  .flatMap(block::ending)
              : Optional.empty();
      end = after(end, both.orElse(block), place);
      i += both.isPresent() ? 1 : 0;
    }
    return end;
  }

  private static Node after(Node x, Block block, Place place) {
    try {
      return block.after(x, place);
    } catch (IllegalArgumentException | ArithmeticException refused) {
      // A node tells its name, which the path tells already.
      Throwable reason = refused.getCause() == null ? refused : refused.getCause();
      String message = String.valueOf(reason.getMessage());
      int expected = message.indexOf("expected ");
      throw new ConfigException(
          place.path(),
          "an input of the shape " + x.shape(),
          expected < 0
              ? "one that it can take (" + message + ")"
              : message.substring(expected + "expected ".length()),
          "");
    }
  }

  private void requireEmbedding() {
    if (layers.isEmpty() || !(layers.get(0) instanceof SequenceBlocks.Embedding)) {
      throw new ConfigException(
          "model.layers[0]",
          layers.isEmpty() ? "nothing" : Kinds.name(layers.get(0).getClass()),
          "embedding, as texts come in as numbers of words",
          "add embedding: 128 before it");
    }
  }

  /**
   * Two layers of one size without anything between them are a mistake: the user added the outputs.
   */
  private void requireNoSecondHead(Head head) {
    int last = layers.size() - 1;
    if (last >= 0
        && layers.get(last) instanceof CommonBlocks.Dense dense
        && !head.ofVectors()
        && dense.units() == head.outputs()
        && dense.activation() == Activation.NONE) {
      throw new ConfigException(
          "model.layers[" + last + "].dense",
          dense.units() + " units without an activation at the end",
          "the layers before the outputs",
          "remove it: a layer with " + head.outputs() + " outputs is added by itself");
    }
  }

  private static Node outputs(Node end, boolean eachToken, Input input, Head head) {
    Shape shape = end.shape();
    if (eachToken) {
      boolean next =
          head.kind() == Head.Kind.NEXT
              || head.kind() == Head.Kind.CLASSES && head.outputs() == input.text().vocabulary();
      if (!head.ofTokens() && !next) {
        throw refused(
            shape, "a vector", "add mean-over-tokens, max-over-tokens, first-token or last-token");
      }
    } else if (shape.isImage()) {
      throw refused(shape, "a vector", "add global-average-pool or flatten");
    } else if (shape.isSequence()) {
      throw refused(shape, "a vector", "add mean-over-tokens");
    }
    return end.then("head", head.ofVectors() ? new UnitLength() : Dense.linear(head.outputs()));
  }

  private static Node pixels(Node end, ImageShape image, Head head) {
    Shape shape = end.shape();
    if (!shape.isImage()
        || shape.image().height() != image.height()
        || shape.image().width() != image.width()) {
      throw refused(
          shape,
          "an image of %dx%d, as a class is told for each pixel"
              .formatted(image.height(), image.width()),
          "add transposed-conv where it became smaller");
    }
    Window pixel = Window.tiles(1);
    return end.then("head", new Convolution(head.outputs(), pixel, 1, true, Activation.NONE, false))
        .then("pixels", new ImageToSequence());
  }

  private static ConfigException refused(Shape end, String expected, String remedy) {
    return new ConfigException(
        "model.layers", "the shape " + end + " at the end", expected, remedy);
  }
}
