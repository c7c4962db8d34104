package dev.dl.models.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TableInput;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.Layer;
import dev.dl.models.layer.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StackTest {
  private static final Input IMAGE = ImageInput.of(3, 32, 32);
  private static final Input TEXT = new TextInput(12, 50);
  private static final Head TEN = Head.classes(10);

  private static final String LENET =
      """
      - conv: {channels: 6, kernel: 5}
      - relu
      - max-pool: 2
      - conv: {channels: 16, kernel: 5, padding: 0, activation: relu}
      - max-pool
      - flatten
      - dense: {units: 120, activation: relu}
      - dense: 84
      - activation: relu
      """;

  private static String residual(int channels, int stride) {
    return """
      - residual:
          layers:
            - conv: {channels: %1$d, stride: %2$d, bias: false}
            - batch-norm
            - relu
            - conv: {channels: %1$d, bias: false}
            - batch-norm
      - relu
      """
        .formatted(channels, stride);
  }

  private static List<Layer> layers(Graph graph) {
    return graph.nodes().stream().filter(node -> !node.isInput()).map(Node::layer).toList();
  }

  private static List<String> kinds(Graph graph) {
    return layers(graph).stream().map(layer -> layer.getClass().getSimpleName()).toList();
  }

  private static List<String> names(Graph graph) {
    return graph.nodes().stream().map(Node::name).toList();
  }

  @Test
  void givesTheLayersThatTheCatalogueHasByName() {
    Graph lenet = Stacks.of(LENET).define(ImageInput.of(1, 28, 28), TEN);
    Graph published = ModelCatalog.find("lenet5").orElseThrow().graph();

    assertThat(kinds(lenet)).isEqualTo(kinds(published));
    assertThat(lenet.parameterCount()).isEqualTo(61_706);
    assertThat(lenet.multiplyAdds()).isEqualTo(published.multiplyAdds());
    assertThat(names(lenet))
        .startsWith("input", "layers.0.conv", "layers.2.max-pool", "layers.3.conv")
        .endsWith("layers.6.dense", "layers.7.dense", "head");
  }

  @Test
  void projectsTheShortcutWhereABlockChangesTheShapeAsResidualNetworksDo() {
    StringBuilder layers =
        new StringBuilder("- conv: {channels: 64, bias: false}\n- batch-norm: relu\n");
    for (int channels : new int[] {64, 128, 256, 512}) {
      layers.append(residual(channels, channels == 64 ? 1 : 2)).append(residual(channels, 1));
    }
    Graph graph = Stacks.of(layers + "- global-average-pool\n").define(IMAGE, TEN);
    Graph published = ModelCatalog.find("resnet18-cifar").orElseThrow().graph();

    assertThat(graph.parameterCount()).isEqualTo(11_173_962);
    assertThat(graph.multiplyAdds()).isEqualTo(published.multiplyAdds());
    assertThat(layers(graph)).containsExactlyInAnyOrderElementsOf(layers(published));
    assertThat(names(graph))
        .contains("layers.2.residual.layers.0.conv", "layers.6.residual.downsample.0");
  }

  @Test
  void keepsAnActivationApartWhereItsGradientNeedsItsInput() {
    assertThat(kinds(Stacks.of("[flatten, {dense: 20}, {activation: gelu}]").define(IMAGE, TEN)))
        .isEqualTo(
            kinds(
                Stacks.of("[flatten, {dense: {units: 20, activation: gelu}}]").define(IMAGE, TEN)))
        .containsExactly("Flatten", "Dense", "Activate", "Dense");
  }

  @Test
  void turnsTheCategoriesOfATableIntoVectors() {
    Graph graph =
        Stacks.of("[{dense: {units: 8, activation: relu}}]")
            .define(new TableInput(3, List.of(4, 10)), Head.values(1));

    assertThat(kinds(graph)).containsExactly("TableFeatures", "Dense", "Dense");
    assertThat(kinds(Stacks.of("[]").define(new TableInput(3, List.of()), Head.values(1))))
        .containsExactly("Dense");
  }

  @Test
  void passesOverPaddingOnlyWhereTextsAreMadeOneVector() {
    Graph classifier = Stacks.of("[{embedding: 8}, {lstm: 6}, last-token]").define(TEXT, TEN);
    Graph writer = Stacks.of("[{embedding: 8}, {lstm: 6}]").define(TEXT, Head.classes(50));

    assertThat(kinds(classifier)).contains("PaddingMask");
    assertThat(classifier.readsTexts()).isTrue();
    assertThat(kinds(writer)).containsExactly("Embedding", "Recurrent", "Dense");
    assertThat(writer.readsInParts()).isTrue();
    assertThat(writer.output().shape().sizes()).containsExactly(12, 50);
  }

  @Test
  void tellsAClassForEachPixel() {
    Graph graph =
        Stacks.of("[{conv: 8}, {max-pool: 2}, {transposed-conv: 4}]").define(IMAGE, Head.pixels(3));

    assertThat(graph.output().shape().sizes()).containsExactly(1024, 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{conv: 8}, {dense: 5}] | model.layers[1].dense: got an input of the shape 8x32x32,"
            + " expected a vector: flatten or pool it first",
        "[flatten, {conv: 8}] | model.layers[1].conv: got an input of the shape 3072, expected"
            + " channels x height x width",
        "[{max-pool: 40}] | model.layers[0].max-pool: got an input of the shape 3x32x32, expected"
            + " one that it can take (a window of 40 does not fit into 32 pixels with padding 0)",
        "[{residual: [flatten]}] | model.layers[0].residual: got an input of the shape 3x32x32,"
            + " expected two of one shape",
        "[{residual: [relu, {lstm: 3}]}] | model.layers[0].residual.layers[1].lstm: got an input of"
            + " the shape 3x32x32, expected length x features",
        "[{embedding: 8}] | model.layers[0].embedding: got an input of the shape 3x32x32, expected"
            + " texts",
        "[{patches: {size: 8, features: 10}}, transformer-block] | model.layers[1].transformer-block:"
            + " got an input of the shape 16x10, expected vectors whose length is a multiple of the"
            + " 4 heads",
        "[{conv: 8}] | model.layers: got the shape 8x32x32 at the end, expected a vector; add"
            + " global-average-pool or flatten",
        "[{patches: {size: 8, features: 8}}] | model.layers: got the shape 16x8 at the end, expected"
            + " a vector; add mean-over-tokens",
        "[flatten, {dense: 10}] | model.layers[1].dense: got 10 units without an activation at the"
            + " end, expected the layers before the outputs; remove it: a layer with 10 outputs is"
            + " added by itself"
      })
  void refusesImagesByThePlaceInTheConfiguration(String layers, String message) {
    requireRefused(layers, IMAGE, TEN, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{dense: 8}] | 10 | model.layers[0]: got dense, expected embedding, as texts come in as"
            + " numbers of words; add embedding: 128 before it",
        "[{embedding: 8}, {lstm: 6}] | 10 | model.layers: got the shape 12x6 at the end, expected a"
            + " vector; add mean-over-tokens, max-over-tokens, first-token or last-token",
        "[{embedding: 8}, {embedding: 8}, first-token] | 10 | model.layers[1].embedding: got an input"
            + " of the shape 12x8, expected tokens, at the beginning",
        "[{embedding: 8}, {gru: {units: 6, bidirectional: true}}] | 50 | model.layers[1].gru: got an"
            + " input of the shape 12x8, expected nothing that reads the tokens to be told: one"
            + " direction",
        "[{embedding: 8}, {conv1d: 6}] | 50 | model.layers[1].conv1d: got an input of the shape 12x8,"
            + " expected nothing that reads the tokens to be told: lstm, gru or transformer-block"
      })
  void refusesTextsByThePlaceInTheConfiguration(String layers, int outputs, String message) {
    requireRefused(layers, TEXT, Head.classes(outputs), message);
  }

  private static void requireRefused(String layers, Input input, Head head, String message) {
    Stack stack = Stacks.of(layers);
    assertThatThrownBy(() -> stack.define(input, head))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void refusesLessPixelsThanThereAreToTellOf() {
    requireRefused(
        "[{conv: {channels: 8, stride: 2}}]",
        IMAGE,
        Head.pixels(3),
        "model.layers: got the shape 8x16x16 at the end, expected an image of 32x32, as a class is"
            + " told for each pixel; add transposed-conv where it became smaller");
  }

  /** Tags may depend on all tokens, so blocks read both ways and pass over padding. */
  @Test
  void tellsTagsOfTokensFromBothSides() {
    String layers = "[embedding: 8, lstm: {units: 4, bidirectional: true}, transformer-block]";
    Graph tags = Stacks.of(layers).define(TEXT, Head.tags(3));

    assertThat(tags.output().shape()).isEqualTo(Shape.of(12, 3));
    assertThat(kinds(tags)).contains("PaddingMask");
    assertThatThrownBy(() -> Stacks.of(layers).define(TEXT, Head.next(50)))
        .hasMessageContaining("one direction");
  }
}
