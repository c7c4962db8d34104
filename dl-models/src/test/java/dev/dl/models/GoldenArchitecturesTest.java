package dev.dl.models;

import static dev.dl.core.kernel.Activation.HARD_SWISH;
import static dev.dl.core.kernel.Activation.RELU;
import static dev.dl.core.kernel.RecurrentCell.GRU;
import static dev.dl.core.kernel.RecurrentCell.LSTM;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.TableInput;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.Network;
import dev.dl.models.table.Autoencoder;
import dev.dl.models.table.CollaborativeFiltering;
import dev.dl.models.table.FeatureTransformer;
import dev.dl.models.table.Mlp;
import dev.dl.models.table.TableResNet;
import dev.dl.models.table.TwoTower;
import dev.dl.models.table.VariantCnn;
import dev.dl.models.text.AttentiveRecurrent;
import dev.dl.models.text.Bert;
import dev.dl.models.text.FastText;
import dev.dl.models.text.Gpt;
import dev.dl.models.text.LstmLanguageModel;
import dev.dl.models.text.TextCnn;
import dev.dl.models.text.TransformerEncoder;
import dev.dl.models.vision.AlexNet;
import dev.dl.models.vision.ConvNeXt;
import dev.dl.models.vision.DenseNet;
import dev.dl.models.vision.EfficientNet;
import dev.dl.models.vision.MlpMixer;
import dev.dl.models.vision.MobileNetV2;
import dev.dl.models.vision.MobileNetV3;
import dev.dl.models.vision.ResNet;
import dev.dl.models.vision.UNet;
import dev.dl.models.vision.Vgg;
import dev.dl.models.vision.VisionTransformer;
import dev.dl.models.vision.WideResNet;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Whole architectures give what their like in PyTorch gives; architectures.py,
 * modern_architectures.py, convolutional_architectures.py, compact_architectures.py and
 * table_architectures.py of tools/golden made the values.
 */
final class GoldenArchitecturesTest {
  private static final TextInput TEXT = new TextInput(6, 9);

  private static final Map<String, Graph> GRAPHS =
      Map.ofEntries(
          entry("fasttext", new FastText(4, 5).define(TEXT, Head.classes(3))),
          entry("textcnn", text(new TextCnn(4, List.of(2, 3), 3, 0.5))),
          entry("bilstm-attention", text(new AttentiveRecurrent(LSTM, 4, 5, 3, 0.5))),
          entry("bigru-attention", text(new AttentiveRecurrent(GRU, 4, 5, 3, 0.5))),
          entry("transformer", text(new TransformerEncoder(2, 8, 2, 12, 0.1))),
          entry("bert-pooler", text(new Bert(2, 8, 2, 12, 7, 0.1, Bert.Form.POOLER))),
          entry("bert-mean", text(new Bert(2, 8, 2, 12, 7, 0.1, Bert.Form.MEAN))),
          entry("bert-distilled", text(new Bert(2, 8, 2, 12, 7, 0.1, Bert.Form.DISTILLED))),
          entry(
              "bert of pairs",
              new Bert(2, 8, 2, 12, 7, 0.1, Bert.Form.MEAN)
                  .define(new TextInput(6, 9, 2), Head.classes(2))),
          entry("gpt", new Gpt(2, 8, 2, 7, 0.1).define(TEXT, Head.classes(9))),
          entry("char-lstm", new LstmLanguageModel(4, 5, 2, 0.5).define(TEXT, Head.classes(9))),
          entry(
              "mlp",
              new Mlp(List.of(6), 0.5).define(new TableInput(2, List.of(3, 5)), Head.values(1))),
          entry("normalized mlp", table(new Mlp(List.of(6, 4), true, 0.5))),
          entry("table resnet", table(new TableResNet(2, 5, 7, 0.5))),
          entry("ft-transformer", table(featureTransformer(2))),
          entry(
              "ft-transformer of numbers",
              featureTransformer(1).define(new TableInput(4, List.of()), Head.classes(3))),
          entry(
              "factorization machine",
              new CollaborativeFiltering(4, List.of(), 0)
                  .define(new TableInput(2, List.of(3, 5)), Head.classes(2))),
          entry(
              "neural factorization",
              new CollaborativeFiltering(4, List.of(6, 5), 0.5)
                  .define(new TableInput(0, List.of(7, 5, 3)), Head.values(1))),
          entry(
              "two towers",
              new TwoTower(4, List.of(6, 5), 3, 0.5)
                  .define(new TableInput(2, List.of(5, 3, 4), List.of(1, 3)), Head.values(2))),
          entry("autoencoder", autoencoder()),
          entry(
              "variant cnn",
              new VariantCnn(List.of(3, 2), 3, 4)
                  .define(new TableInput(2, Collections.nCopies(7, 4)), Head.classes(3))),
          entry("vit", ofPatches(new VisionTransformer(2, 2, 8, 2, 12, 0.5))),
          entry("unet", new UNet(2, 4).define(ImageInput.of(3, 8, 12), Head.pixels(3))),
          entry("mixer", ofPatches(new MlpMixer(2, 2, 8, 5, 12))),
          entry("convnext", convNeXt(List.of(1, 2), ConvNeXt.Pixels.DENSE)),
          entry(
              "convnext of 1x1 convolutions", convNeXt(List.of(1, 1), ConvNeXt.Pixels.CONVOLUTION)),
          entry("resnet of basic blocks", resNet(new ResNet.Basic())),
          entry("resnet of bottlenecks", resNet(new ResNet.Bottleneck(1, 1, false))),
          entry("resnext", resNet(new ResNet.Bottleneck(2, 2, false))),
          entry("se-resnet", resNet(new ResNet.Bottleneck(1, 1, true))),
          entry(
              "wide resnet",
              new WideResNet(16, 2, 2).define(ImageInput.of(3, 6, 5), Head.classes(3))),
          entry("vgg", vgg(false)),
          entry("vgg with normalization", vgg(true)),
          entry(
              "alexnet",
              new AlexNet(List.of(2, 3, 4, 5, 4), 1, 6)
                  .define(ImageInput.of(3, 63, 64), Head.classes(3))),
          entry(
              "mobilenetv2",
              compact(
                  new MobileNetV2(
                      4,
                      2,
                      List.of(
                          new MobileNetV2.Stage(1, 3, 1, 1),
                          new MobileNetV2.Stage(3, 4, 2, 2),
                          new MobileNetV2.Stage(2, 4, 1, 1)),
                      6,
                      0.2))),
          entry(
              "mobilenetv3",
              compact(
                  new MobileNetV3(
                      4,
                      List.of(
                          new MobileNetV3.Block(3, 4, 4, true, RELU, 1),
                          new MobileNetV3.Block(5, 10, 6, false, HARD_SWISH, 2),
                          new MobileNetV3.Block(5, 40, 6, true, HARD_SWISH, 1)),
                      7))),
          entry(
              "efficientnet",
              compact(
                  new EfficientNet(
                      6,
                      List.of(
                          new EfficientNet.Stage(1, 3, 5, 1, 1),
                          new EfficientNet.Stage(3, 5, 4, 2, 2),
                          new EfficientNet.Stage(2, 3, 4, 1, 1)),
                      0.2))),
          entry(
              "densenet",
              new DenseNet(3, List.of(1, 3, 2)).define(ImageInput.of(3, 17, 21), Head.classes(3))));

  private static Graph compact(Architecture architecture) {
    return architecture.define(ImageInput.of(3, 11, 8), Head.classes(3));
  }

  private static Graph table(Architecture architecture) {
    return architecture.define(new TableInput(2, List.of(3, 5)), Head.classes(3));
  }

  private static FeatureTransformer featureTransformer(int blocks) {
    return new FeatureTransformer(blocks, 8, 2, 5, 0.5, 0.5);
  }

  /** With the distance to the row as its output. */
  private static Graph autoencoder() {
    Head row = Head.row(2);
    return row.completed(
        new Autoencoder(List.of(5, 3)).define(new TableInput(2, List.of(3, 5)), row));
  }

  private static Graph resNet(ResNet.Block block) {
    return new ResNet(ResNet.Stem.IMAGENET, block, List.of(1, 2), 4, ResNet.Shortcut.PROJECT)
        .define(ImageInput.of(3, 17, 12), Head.classes(3));
  }

  private static Graph vgg(boolean normalized) {
    return new Vgg(List.of(List.of(4), List.of(3, 5)), 2, 6, normalized)
        .define(ImageInput.of(3, 8, 11), Head.classes(3));
  }

  private static Graph ofPatches(Architecture architecture) {
    return architecture.define(ImageInput.of(3, 4, 6), Head.classes(3));
  }

  private static Graph convNeXt(List<Integer> blocks, ConvNeXt.Pixels pixels) {
    return new ConvNeXt(2, blocks, List.of(4, 8), pixels, 0.5)
        .define(ImageInput.of(3, 8, 12), Head.classes(3));
  }

  private static Graph text(Architecture architecture) {
    return architecture.define(TEXT, Head.classes(2));
  }

  @Test
  void everyArchitectureHasACase() throws IOException {
    assertThat(cases().map(test -> test.get()[0]).distinct())
        .hasSize(38)
        .containsExactlyInAnyOrderElementsOf(GRAPHS.keySet());
  }

  static Stream<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    for (String file :
        List.of(
            "architectures",
            "modern-architectures",
            "convolutional-architectures",
            "compact-architectures",
            "table-architectures")) {
      add(cases, file);
    }
    return cases.stream();
  }

  private static void add(List<Arguments> cases, String file) throws IOException {
    try (InputStream in =
        GoldenArchitecturesTest.class.getResourceAsStream("/golden/" + file + ".json")) {
      for (JsonNode test : new ObjectMapper().readTree(in)) {
        for (Kernels kernels :
            List.of(new OneDnnKernels(Parallel.onOpenMp(2)), new Nd4jKernels(DataType.DOUBLE))) {
          cases.add(Arguments.of(test.get("name").asText(), kernels, test.get("tensors")));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void agreeWithPyTorch(String name, Kernels kernels, JsonNode tensors) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    tensors
        .fields()
        .forEachRemaining(field -> weights.put(field.getKey(), tensor(field.getValue())));
    Tensor input = weights.remove("input");
    Tensor output = weights.remove("output");
    Network network = Network.create(GRAPHS.get(name), Head.values(1).loss(0), kernels, 1);
    network.load(weights);
    assertThat(network.logits(input.values(), 3)).containsExactly(output.values(), within(2e-6f));
  }

  private static Tensor tensor(JsonNode node) {
    List<Long> shape = new ArrayList<>();
    node.get("shape").forEach(size -> shape.add(size.asLong()));
    JsonNode values = node.get("values");
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = (float) values.get(i).asDouble();
    }
    return new Tensor(shape, array);
  }
}
