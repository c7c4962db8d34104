package dev.dl.models.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Layer;
import dev.dl.models.layer.StochasticDepth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What of MobileNets and EfficientNets matters in training alone is as torchvision has it. */
final class MobileNetworksTest {

  /** Of the last block with a shortcut: 0.2 times its number over that of all blocks. */
  @Test
  void blocksOfAnEfficientNetAreLeftOutTheMoreOftenTheDeeperTheyAre() {
    Map<String, Double> rates = new LinkedHashMap<>();
    nodes(EfficientNet.B0)
        .filter(node -> node.layer() instanceof StochasticDepth)
        .forEach(node -> rates.put(node.name(), ((StochasticDepth) node.layer()).rate()));
    assertThat(rates)
        .hasSize(9)
        .containsEntry("features.2.1.drop_path", 0.2 * 2 / 16)
        .containsEntry("features.4.2.drop_path", 0.2 * 7 / 16)
        .containsEntry("features.6.3.drop_path", 0.2 * 14 / 16);
  }

  static Stream<Arguments> normalizations() {
    return Stream.of(
        Arguments.of(MobileNetV2.IMAGENET, 52, 1e-5, 0.1),
        Arguments.of(MobileNetV3.LARGE, 46, 0.001, 0.01),
        Arguments.of(MobileNetV3.SMALL, 34, 0.001, 0.01),
        Arguments.of(EfficientNet.B4, 96, 1e-5, 0.1));
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void allNormalizationsHaveOneEpsilonAndMomentum(
      Architecture architecture, int count, double epsilon, double momentum) {
    assertThat(layers(architecture, BatchNormalization.class))
        .hasSize(count)
        .allSatisfy(layer -> assertThat(layer.epsilon()).isEqualTo(epsilon))
        .allSatisfy(layer -> assertThat(layer.momentum()).isEqualTo(momentum));
  }

  static Stream<Arguments> dropouts() {
    return Stream.of(
        Arguments.of(MobileNetV2.IMAGENET, 0.2),
        Arguments.of(MobileNetV3.SMALL, 0.2),
        Arguments.of(EfficientNet.B0, 0.2),
        Arguments.of(EfficientNet.B1, 0.2),
        Arguments.of(EfficientNet.B2, 0.3),
        Arguments.of(EfficientNet.B3, 0.3),
        Arguments.of(EfficientNet.B4, 0.4));
  }

  @ParameterizedTest
  @MethodSource("dropouts")
  void dropOutBeforeTheClassifier(Architecture architecture, double rate) {
    assertThat(layers(architecture, Dropout.class)).containsExactly(new Dropout(rate));
  }

  private static <T extends Layer> Stream<T> layers(Architecture architecture, Class<T> type) {
    return nodes(architecture).map(Node::layer).filter(type::isInstance).map(type::cast);
  }

  private static Stream<Node> nodes(Architecture architecture) {
    return architecture.define(ImageInput.of(3, 64, 64), Head.classes(10)).nodes().stream();
  }
}
