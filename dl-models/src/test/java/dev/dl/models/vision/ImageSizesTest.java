package dev.dl.models.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.image.ImageShape;
import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What sizes of images an architecture takes, and what they become within it. */
final class ImageSizesTest {

  static Stream<Arguments> sizesThatFit() {
    return Stream.of(
        Arguments.of(Vgg.VGG_11, 224, "512x7x7"),
        Arguments.of(Vgg.VGG_19, 255, "512x7x7"),
        Arguments.of(AlexNet.PUBLISHED, 223, "256x6x6"),
        Arguments.of(AlexNet.PUBLISHED, 254, "256x6x6"));
  }

  @ParameterizedTest
  @MethodSource("sizesThatFit")
  void theClassifierReadsWhatItsWeightsAreFor(Architecture architecture, int size, String read) {
    Node flatten = node(define(architecture, size, size), "flatten");
    assertThat(flatten.inputs().get(0).shape()).hasToString(read);
  }

  static Stream<Arguments> sizesThatDoNot() {
    return Stream.of(
        Arguments.of(Vgg.VGG_16, 223, 224, "224 to 255, of which 7x7"),
        Arguments.of(Vgg.VGG_16, 224, 256, "224 to 255, of which 7x7"),
        Arguments.of(Vgg.VGG_16.withNormalization(), 8, 8, "224 to 255, of which 7x7"),
        Arguments.of(AlexNet.PUBLISHED, 224, 222, "223 to 254, of which 6x6"),
        Arguments.of(AlexNet.PUBLISHED, 255, 224, "223 to 254, of which 6x6"),
        Arguments.of(AlexNet.PUBLISHED, 8, 8, "223 to 254, of which 6x6"));
  }

  @ParameterizedTest
  @MethodSource("sizesThatDoNot")
  void othersAreRefused(Architecture architecture, int height, int width, String expected) {
    assertThatThrownBy(() -> define(architecture, height, width))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "got %s images, expected sides of %s are left for the classifier",
            Shape.of(3, height, width).image(), expected);
  }

  @ParameterizedTest
  @CsvSource({"224, 256x56x56, 2048x7x7", "32, 256x8x8, 2048x1x1"})
  void theStemOfImageNetQuarters(int size, String first, String last) {
    Graph graph = define(ResNet.IMAGENET_50, size, size);
    assertThat(node(graph, "layer1.2.add").shape()).hasToString(first);
    assertThat(node(graph, "layer4.2.add").shape()).hasToString(last);
  }

  static Stream<Arguments> leastSides() {
    return Stream.of(
        Arguments.of(ResNet.RESNET_20, 4),
        Arguments.of(ResNet.RESNET_18, 8),
        Arguments.of(ResNet.IMAGENET_18, 32),
        Arguments.of(ResNet.SE_50, 32),
        Arguments.of(WideResNet.WRN_40_4, 4),
        Arguments.of(MobileNetV2.SMALL_IMAGES, 8),
        Arguments.of(MobileNetV2.IMAGENET, 32),
        Arguments.of(MobileNetV3.LARGE, 32),
        Arguments.of(MobileNetV3.SMALL, 32),
        Arguments.of(EfficientNet.B0, 32),
        Arguments.of(DenseNet.DENSENET_121, 32));
  }

  /**
   * The last image is of one pixel for the smallest that fit; no stem gives way to smaller ones.
   */
  @ParameterizedTest
  @MethodSource("leastSides")
  void imagesThatStridesWouldShrinkToNothingAreRefused(Architecture architecture, int least) {
    Graph graph = define(architecture, least, least + 1);
    Node average =
        graph.nodes().stream()
            .filter(node -> node.layer() instanceof GlobalAveragePooling)
            .reduce((first, last) -> last)
            .orElseThrow();
    ImageShape last = average.inputs().get(0).shape().image();
    assertThat(last.height()).isEqualTo(1);
    for (int small : new int[] {1, least - 1}) {
      assertThatThrownBy(() -> define(architecture, least, small))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "got %s images, expected sides of at least %d",
              Shape.of(3, least, small).image(), least);
    }
  }

  static Stream<Arguments> nativeSizes() {
    return Stream.of(
        Arguments.of("mobilenetv2", 224, "320x7x7"),
        Arguments.of("mobilenetv3-large", 224, "160x7x7"),
        Arguments.of("mobilenetv3-small", 224, "96x7x7"),
        Arguments.of("efficientnet-b0", 224, "320x7x7"),
        Arguments.of("efficientnet-b1", 240, "320x8x8"),
        Arguments.of("efficientnet-b2", 260, "352x9x9"),
        Arguments.of("efficientnet-b3", 300, "384x10x10"),
        Arguments.of("efficientnet-b4", 380, "448x12x12"));
  }

  /** What the last 1x1 convolution reads. */
  @ParameterizedTest
  @MethodSource("nativeSizes")
  void mobileNetworksHaveTheirPublishedSizes(String name, int size, String last) {
    Model model = ModelCatalog.find(name).orElseThrow();
    assertThat(model.input()).isEqualTo(ImageInput.of(3, size, size));
    Graph graph = model.architecture().define(model.input(), model.head());
    Node convolution =
        graph.nodes().stream()
            .filter(node -> node.layer() instanceof Convolution)
            .reduce((before, after) -> after)
            .orElseThrow();
    assertThat(convolution.inputs().get(0).shape()).hasToString(last);
  }

  @Test
  void stridesAreThoseOfTheMiddleConvolutions() {
    Graph graph = define(ResNet.IMAGENET_50, 224, 224);
    assertThat(node(graph, "layer2.0.conv1").shape()).hasToString("128x56x56");
    assertThat(node(graph, "layer2.0.conv2").shape()).hasToString("128x28x28");
  }

  @ParameterizedTest
  @CsvSource({"27, 16, 10", "4, 16, 10", "28, 0, 10", "28, 16, 0"})
  void aWideNetworkOfNoWholeBlocksIsRefused(int depth, int width, int widening) {
    assertThatThrownBy(() -> new WideResNet(depth, width, widening))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got depth %d, width %d and widening %d", depth, width, widening);
  }

  private static Graph define(Architecture architecture, int height, int width) {
    return architecture.define(ImageInput.of(3, height, width), Head.classes(10));
  }

  private static Node node(Graph graph, String name) {
    return graph.nodes().stream().filter(node -> node.name().equals(name)).findAny().orElseThrow();
  }
}
