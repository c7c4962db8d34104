package dev.dl.training.selftest;

import dev.dl.core.kernel.Loss;
import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Input;
import dev.dl.models.vision.MobileNetV2;
import dev.dl.models.vision.MobileNetV3;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is compared, and what is measured: models of the catalogue. */
final class SelfTestCases {
  static final int BATCH = 8;
  static final Loss LOSS = new Loss.SoftmaxCrossEntropy(0);
  static final String LOGITS = "logits";

  /** Small ones; with those below they have every kind of layer that the catalogue has. */
  private static final List<String> AGREEMENT =
      List.of(
          "mlp",
          "lenet5",
          "convnet",
          "resnet20",
          "vit-cifar",
          "convnext-cifar",
          "mixer-cifar",
          "unet-small",
          "mlp-bn",
          "resnet-table",
          "ft-transformer-1",
          "variant-cnn",
          "fm",
          "neumf",
          "two-tower",
          "autoencoder",
          "fasttext",
          "textcnn",
          "lstm",
          "bigru-attention",
          "transformer",
          "bert-tiny",
          "char-lstm",
          "gpt-nano");

  /** The first blocks: in deep networks without much data, rounding decides what a ReLU lets by. */
  private static final Architecture MOBILENET_V2 =
      new MobileNetV2(32, 1, MobileNetV2.SMALL_IMAGES.stages().subList(0, 2), 128, 0);

  private static final Architecture MOBILENET_V3 =
      new MobileNetV3(16, MobileNetV3.SMALL.blocks().subList(0, 4), 128);

  private SelfTestCases() {}

  /** The networks that are compared, by name. */
  static Map<String, Graph> agreement() {
    Map<String, Graph> graphs = new LinkedHashMap<>();
    AGREEMENT.forEach(name -> graphs.put(name, model(name).graph()));
    Input pictures = ImageInput.of(3, 32, 32);
    graphs.put("mobilenetv2, two stages", MOBILENET_V2.define(pictures, Head.classes(10)));
    graphs.put("mobilenetv3, four blocks", MOBILENET_V3.define(pictures, Head.classes(10)));
    return graphs;
  }

  /** The networks that benchmarks/run trains, or those of the catalogue nearest to them. */
  static Map<Model, Integer> workloads() {
    Map<Model, Integer> batchSizes = new LinkedHashMap<>();
    batchSizes.put(model("convnet"), 128);
    batchSizes.put(model("resnet18-cifar"), 64);
    batchSizes.put(model("mobilenetv2-cifar"), 64);
    batchSizes.put(model("lstm"), 64);
    batchSizes.put(model("minilm-l6"), 16);
    batchSizes.put(model("gpt-mini"), 8);
    return batchSizes;
  }

  private static Model model(String name) {
    return ModelCatalog.find(name).orElseThrow();
  }
}
