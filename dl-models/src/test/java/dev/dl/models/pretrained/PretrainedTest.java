package dev.dl.models.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.tensorfile.Tensor;
import dev.dl.core.tensorfile.TensorFileException;
import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.pretrained.Pretrained.Allowed;
import dev.dl.models.text.Bert;
import dev.dl.models.text.Gpt;
import dev.dl.models.vision.ConvNeXt;
import dev.dl.models.vision.EfficientNet;
import dev.dl.models.vision.ResNet;
import dev.dl.models.vision.Vgg;
import dev.dl.models.vision.VisionTransformer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainedTest {
  private static final Path FILE = Path.of("weights.safetensors");
  private static final TextInput TEXT = new TextInput(6, 9);
  private static final Bert BERT = new Bert(2, 8, 2, 12, 7, 0.1, Bert.Form.MEAN);
  private static final Bert DISTILLED = new Bert(2, 8, 2, 12, 7, 0.1, Bert.Form.DISTILLED);
  private static final Gpt GPT = new Gpt(2, 8, 2, 7, 0.1);
  private static final VisionTransformer VIT = new VisionTransformer(2, 2, 8, 2, 12, 0);

  /** Weights with which a network begins: zeros, so that what is taken from a file shows. */
  private static Map<String, Tensor> fresh(Graph graph) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (!node.isInput()) {
        Stream.concat(
                node.layer().parameters(node.inputShapes()).stream(),
                node.layer().buffers(node.inputShapes()).stream())
            .forEach(
                array ->
                    weights.put(
                        array.publicName(node.name()),
                        new Tensor(array.shape(), new float[Math.toIntExact(array.length())])));
      }
    }
    return weights;
  }

  /** Weights of which no two values are the same. */
  private static Map<String, Tensor> trained(Graph graph) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    float[] next = {1};
    fresh(graph).forEach((name, tensor) -> weights.put(name, counting(tensor.shape(), next)));
    return weights;
  }

  private static Tensor counting(List<Long> shape, float[] next) {
    float[] values = new float[shape.stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = next[0]++;
    }
    return new Tensor(shape, values);
  }

  private static Map<String, Tensor> renamed(
      Map<String, Tensor> weights, UnaryOperator<String> naming) {
    Map<String, Tensor> renamed = new TreeMap<>();
    weights.forEach((name, tensor) -> renamed.put(naming.apply(name), tensor));
    assertThat(renamed).hasSameSizeAs(weights);
    return renamed;
  }

  private static Adoption adopt(Architecture family, Graph graph, Map<String, Tensor> file) {
    return Pretrained.adopt(file, family, graph, fresh(graph), Allowed.NOTHING);
  }

  private static Map<Fate, Long> counts(Adoption adoption) {
    return adoption.account().stream()
        .collect(Collectors.groupingBy(AdoptedWeight::fate, TreeMap::new, Collectors.counting()));
  }

  private static Graph text(Architecture architecture) {
    return architecture.define(TEXT, Head.classes(2));
  }

  private static Graph image(Architecture architecture, int height, int width) {
    return architecture.define(ImageInput.of(3, height, width), Head.classes(3));
  }

  private static void assertTakesAll(
      Architecture family, Graph graph, UnaryOperator<String> naming) {
    Map<String, Tensor> trained = trained(graph);
    Adoption adoption = adopt(family, graph, renamed(trained, naming));
    assertThat(counts(adoption)).containsOnlyKeys(Fate.LOADED);
    assertThat(adoption.weights()).isEqualTo(trained);
  }

  @Test
  void takesTheNamesOfEveryModelOfTheCatalogueAsTheyAre() {
    List<Model> models =
        ModelCatalog.models().stream()
            .filter(model -> model.graph().parameterCount() < 3_000_000)
            .toList();
    assertThat(models).hasSizeGreaterThan(25);
    for (Model model : models) {
      Graph graph = model.graph();
      Map<String, Tensor> trained = trained(graph);
      Adoption adoption = adopt(model.architecture(), graph, trained);
      assertThat(adoption.weights()).as(model.name()).isEqualTo(trained);
      assertThat(counts(adoption)).as(model.name()).containsOnlyKeys(Fate.LOADED);
    }
  }

  @Test
  void aNetworkOfVectorsHasNoHeadThatMayBeginAnew() {
    Graph graph = BERT.define(TEXT, Head.similarity());
    Map<String, Tensor> file = trained(graph);
    assertThat(adopt(BERT, graph, file).weights()).isEqualTo(file);
    file.remove("encoder.layer.1.output.LayerNorm.bias");
    assertThat(counts(adopt(BERT, graph, file))).containsEntry(Fate.MISSING, 1L);
  }

  @Test
  void takesTheWrappersOfPyTorch() {
    Graph graph = image(new Vgg(List.of(List.of(4)), 2, 6, true), 4, 4);
    assertTakesAll(Vgg.VGG_11, graph, name -> "state_dict.module._orig_mod." + name);
    assertTakesAll(Vgg.VGG_11, graph, name -> "model." + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert.", "0.auto_model.", "module."})
  void takesHuggingFacesNamesOfBert(String prefix) {
    assertTakesAll(BERT, text(BERT), name -> prefix + name);
  }

  @Test
  void takesTensorFlowsNamesOfNormalizations() {
    assertTakesAll(
        BERT,
        text(BERT),
        name ->
            name.replace("LayerNorm.weight", "LayerNorm.gamma")
                .replace("LayerNorm.bias", "LayerNorm.beta"));
  }

  @Test
  void takesHuggingFacesNamesOfDistilBert() {
    assertTakesAll(
        DISTILLED,
        text(DISTILLED),
        name ->
            (name.contains("classifier") ? "" : "distilbert.")
                + name.replace("encoder.layer", "transformer.layer")
                    .replace("attention.self.query", "attention.q_lin")
                    .replace("attention.self.key", "attention.k_lin")
                    .replace("attention.self.value", "attention.v_lin")
                    .replace("attention.output.dense", "attention.out_lin")
                    .replace("attention.output.LayerNorm", "sa_layer_norm")
                    .replace("intermediate.dense", "ffn.lin1")
                    .replace("output.dense", "ffn.lin2")
                    .replace(".output.LayerNorm", ".output_layer_norm"));
  }

  @Test
  void takesTheNumberedMatricesOfOnnx() {
    Graph graph = text(BERT);
    Map<String, Tensor> trained = trained(graph);
    Map<String, Tensor> file = new LinkedHashMap<>();
    int[] number = {95}; // passes from two digits to three
    trained.forEach(
        (name, tensor) -> {
          boolean matrix = name.startsWith("encoder") && tensor.shape().size() == 2;
          if (!matrix) {
            file.put(name, tensor);
          }
        });
    for (String name : List.of("self.query", "self.key", "self.value", "output.dense")) {
      assertThat(trained).containsKey("encoder.layer.0.attention." + name + ".weight");
    }
    for (int layer = 0; layer < 2; layer++) {
      for (String name :
          List.of(
              "attention.self.query",
              "attention.self.key",
              "attention.self.value",
              "attention.output.dense",
              "intermediate.dense",
              "output.dense")) {
        Tensor matrix = trained.get("encoder.layer." + layer + "." + name + ".weight");
        file.put("onnx::MatMul_" + number[0]++, Matrices.transposed(matrix));
      }
    }
    Adoption adoption = adopt(BERT, graph, new TreeMap<>(file));
    assertThat(adoption.weights()).isEqualTo(trained);
    assertThat(counts(adoption))
        .containsEntry(Fate.TRANSPOSED, 12L)
        .doesNotContainKey(Fate.MISSING);

    file.remove("onnx::MatMul_100");
    assertThat(counts(adopt(BERT, graph, file)))
        .containsEntry(Fate.MISSING, 12L)
        .containsEntry(Fate.UNEXPECTED, 11L);
  }

  @Test
  void takesGpt2sMatricesOfEitherOrder() {
    Graph graph = GPT.define(TEXT, Head.classes(9));
    Map<String, Tensor> trained = trained(graph);
    Map<String, Tensor> published = Pretrained.published(GPT, trained);
    assertThat(published.get("transformer.h.0.attn.c_attn.weight").shape())
        .containsExactly(8L, 24L);
    assertThat(published.get("transformer.h.0.attn.c_attn.weight").values()[1])
        .as("the first of the second output")
        .isEqualTo(trained.get("transformer.h.0.attn.c_attn.weight").values()[8]);
    assertThat(published.get("transformer.wte.weight"))
        .isEqualTo(trained.get("transformer.wte.weight"));

    Map<String, Tensor> file = renamed(published, name -> name.replaceFirst("^transformer\\.", ""));
    file.put("h.0.attn.bias", new Tensor(List.of(1L, 1L, 1L, 1L), new float[1]));
    Adoption adoption = adopt(GPT, graph, file);
    assertThat(adoption.weights()).isEqualTo(trained);
    assertThat(counts(adoption)).containsEntry(Fate.TRANSPOSED, 8L).containsEntry(Fate.IGNORED, 1L);
  }

  @Test
  void copiesTheEmbeddingsOfGpt2WhereLogitsHaveNoMatrix() {
    Graph graph = GPT.define(TEXT, Head.classes(9));
    Map<String, Tensor> file = trained(graph);
    file.remove("lm_head.weight");
    Adoption adoption = adopt(GPT, graph, file);
    assertThat(adoption.weights().get("lm_head.weight"))
        .isEqualTo(file.get("transformer.wte.weight"));
    assertThat(counts(adoption)).containsEntry(Fate.COPIED, 1L);
  }

  @Test
  void takesTorchvisionsNamesOfVit() {
    assertTakesAll(
        VIT,
        image(VIT, 4, 6),
        name ->
            name.replace("cls_token", "class_token")
                .replace("pos_embed", "encoder.pos_embedding")
                .replace("patch_embed.proj", "conv_proj")
                .replaceFirst("^blocks\\.", "encoder.layers.encoder_layer_")
                .replace("attn.qkv.", "self_attention.in_proj_")
                .replace("attn.proj", "self_attention.out_proj")
                .replace("mlp.fc1", "mlp.0")
                .replace("mlp.fc2", "mlp.linear_2")
                .replace("norm1", "ln_1")
                .replace("norm2", "ln_2")
                .replaceFirst("^norm", "encoder.ln")
                .replaceFirst("^head", "heads.head"));
  }

  @Test
  void joinsHuggingFacesQueriesKeysAndValuesOfVit() {
    Graph graph = image(VIT, 4, 6);
    Map<String, Tensor> trained = trained(graph);
    Map<String, Tensor> file = new TreeMap<>();
    trained.forEach(
        (name, tensor) -> {
          String theirs =
              name.replace("cls_token", "vit.embeddings.cls_token")
                  .replace("pos_embed", "vit.embeddings.position_embeddings")
                  .replace("patch_embed.proj", "vit.embeddings.patch_embeddings.projection")
                  .replaceFirst("^blocks\\.", "vit.encoder.layer.")
                  .replace("attn.proj", "attention.output.dense")
                  .replace("attn.qkv", "attention.attention.query")
                  .replace("mlp.fc1", "intermediate.dense")
                  .replace("mlp.fc2", "output.dense")
                  .replace("norm1", "layernorm_before")
                  .replace("norm2", "layernorm_after")
                  .replaceFirst("^norm", "vit.layernorm")
                  .replaceFirst("^head", "classifier");
          if (name.contains("qkv")) {
            int third = tensor.values().length / 3;
            List<String> parts = List.of("query", "key", "value");
            for (int part = 0; part < 3; part++) {
              float[] values =
                  Arrays.copyOfRange(tensor.values(), part * third, (part + 1) * third);
              List<Long> shape =
                  tensor.shape().size() == 1 ? List.of(8L) : List.of(8L, tensor.shape().get(1));
              file.put(theirs.replace("query", parts.get(part)), new Tensor(shape, values));
            }
          } else {
            file.put(theirs, tensor);
          }
        });
    Adoption adoption = adopt(VIT, graph, file);
    assertThat(adoption.weights()).isEqualTo(trained);
    assertThat(counts(adoption)).containsOnlyKeys(Fate.LOADED, Fate.JOINED);
  }

  @Test
  void takesTheAuthorsNamesOfConvNeXt() {
    ConvNeXt family = new ConvNeXt(2, List.of(1, 2), List.of(4, 8), ConvNeXt.Pixels.DENSE, 0);
    assertTakesAll(
        family,
        image(family, 8, 12),
        name ->
            name.replaceFirst("^stem\\.", "downsample_layers.0.")
                .replaceFirst("^stages\\.1\\.downsample\\.", "downsample_layers.1.")
                .replace(".blocks.", ".")
                .replace("conv_dw", "dwconv")
                .replace("mlp.fc1", "pwconv1")
                .replace("mlp.fc2", "pwconv2")
                .replace("head.norm", "norm")
                .replace("head.fc", "head"));
  }

  @Test
  void takesHuggingFacesNamesOfResNet() {
    ResNet family =
        new ResNet(
            ResNet.Stem.IMAGENET,
            new ResNet.Bottleneck(1, 1, false),
            List.of(1, 2),
            4,
            ResNet.Shortcut.PROJECT);
    assertTakesAll(
        family,
        image(family, 17, 12),
        name ->
            name.startsWith("fc.")
                ? name.replace("fc.", "classifier.1.")
                : "resnet."
                    + name.replaceFirst("^conv1", "embedder.embedder.convolution")
                        .replaceFirst("^bn1", "embedder.embedder.normalization")
                        .replaceFirst("^layer1", "encoder.stages.0.layers")
                        .replaceFirst("^layer2", "encoder.stages.1.layers")
                        .replace("downsample.0", "shortcut.convolution")
                        .replace("downsample.1", "shortcut.normalization")
                        .replace(".conv1", ".layer.0.convolution")
                        .replace(".conv2", ".layer.1.convolution")
                        .replace(".conv3", ".layer.2.convolution")
                        .replace(".bn1", ".layer.0.normalization")
                        .replace(".bn2", ".layer.1.normalization")
                        .replace(".bn3", ".layer.2.normalization"));
  }

  @Test
  void takesTimmsConvolutionsForTheDenseLayersOfVgg() {
    Vgg family = new Vgg(List.of(List.of(4)), 2, 6, false);
    Graph graph = image(family, 4, 4);
    Map<String, Tensor> trained = trained(graph);
    Map<String, Tensor> file =
        renamed(
            trained,
            name ->
                name.replace("classifier.0", "pre_logits.fc1")
                    .replace("classifier.3", "pre_logits.fc2")
                    .replace("classifier.6", "head.fc"));
    file.computeIfPresent(
        "pre_logits.fc1.weight", (name, t) -> new Tensor(List.of(6L, 4L, 2L, 2L), t.values()));
    file.computeIfPresent(
        "pre_logits.fc2.weight", (name, t) -> new Tensor(List.of(6L, 6L, 1L, 1L), t.values()));
    Adoption adoption = adopt(family, graph, file);
    assertThat(adoption.weights()).isEqualTo(trained);
    assertThat(counts(adoption)).containsEntry(Fate.RESHAPED, 2L).containsEntry(Fate.LOADED, 6L);
  }

  /** Names of timm's efficientnet_b0, block by block. */
  @Test
  void takesTimmsNamesOfEfficientNet() {
    Graph graph = ModelCatalog.find("efficientnet-b0").orElseThrow().graph();
    UnaryOperator<String> timm =
        name -> {
          String theirs =
              name.replaceFirst("^features\\.0\\.0\\.", "conv_stem.")
                  .replaceFirst("^features\\.0\\.1\\.", "bn1.")
                  .replaceFirst("^features\\.8\\.0\\.", "conv_head.")
                  .replaceFirst("^features\\.8\\.1\\.", "bn2.")
                  .replaceFirst("^classifier\\.1\\.", "classifier.");
          List<String> parts =
              theirs.startsWith("features.1.")
                  ? List.of("conv_dw", "bn1", "se", "", "conv_pw", "bn2")
                  : List.of("conv_pw", "bn1", "conv_dw", "bn2", "se", "", "conv_pwl", "bn3");
          for (int i = 0; i < parts.size(); i++) {
            String ours = "\\.block\\." + i / 2 + "\\.";
            theirs =
                parts.get(i).equals("se")
                    ? theirs
                        .replaceFirst(ours + "fc1", ".se.conv_reduce")
                        .replaceFirst(ours + "fc2", ".se.conv_expand")
                    : theirs.replaceFirst(ours + i % 2, "." + parts.get(i));
          }
          for (int stage = 1; stage < 8; stage++) {
            theirs = theirs.replaceFirst("^features\\." + stage, "blocks." + (stage - 1));
          }
          return theirs;
        };
    assertThat(timm.apply("features.3.1.block.3.0.weight")).isEqualTo("blocks.2.1.conv_pwl.weight");
    assertThat(timm.apply("features.1.0.block.1.fc2.bias"))
        .isEqualTo("blocks.0.0.se.conv_expand.bias");
    assertTakesAll(EfficientNet.B0, graph, timm);
  }

  @Test
  void beginsTheHeadAnewWhereItDoesNotFit() throws Exception {
    Map<String, Tensor> file = trained(BERT.define(TEXT, Head.classes(5)));
    Graph graph = text(BERT);
    Adoption adoption = adopt(BERT, graph, file);
    assertThat(counts(adoption)).containsEntry(Fate.REINITIALIZED, 2L).hasSize(2);
    assertThat(adoption.weights().get("classifier.bias").values()).containsOnly(0);
    assertThat(adoption.summary())
        .endsWith(" loaded, 2 reinitialized (classifier.weight, classifier.bias)");
    adoption.requireComplete(FILE, "bert");

    file.remove("classifier.weight");
    file.remove("classifier.bias");
    assertThat(counts(adopt(BERT, graph, file))).containsEntry(Fate.REINITIALIZED, 2L).hasSize(2);
  }

  @Test
  void beginsAnewWhatIsAskedFor() {
    Graph graph = text(BERT);
    Allowed allowed =
        new Allowed(
            List.of(new NamePattern("encoder.layer.1"), new NamePattern("*.0.output.*")),
            List.of());
    Adoption adoption = Pretrained.adopt(trained(graph), BERT, graph, fresh(graph), allowed);
    assertThat(adoption.account())
        .filteredOn(weight -> weight.fate() == Fate.REINITIALIZED)
        .hasSize(16 + 4)
        .allMatch(weight -> weight.name().matches("encoder.layer.(1.*|0.output.*)"));
  }

  @Test
  void refusesWhatDoesNotFitInOneLine() {
    Graph graph = text(BERT);
    Map<String, Tensor> file = trained(graph);
    file.remove("encoder.layer.0.output.dense.bias");
    file.put("encoder.layer.0.adapter.weight", new Tensor(List.of(1L), new float[1]));
    file.put("embeddings.word_embeddings.weight", new Tensor(List.of(4L, 8L), new float[32]));
    assertThatThrownBy(() -> adopt(BERT, graph, file).requireComplete(FILE, "bert-tiny"))
        .isInstanceOf(TensorFileException.class)
        .hasMessage(
            "weights.safetensors: got 1 missing (encoder.layer.0.output.dense.bias), "
                + "1 unexpected (encoder.layer.0.adapter.weight), 1 of another "
                + "shape (embeddings.word_embeddings.weight [4, 8], not [9, 8]), expected the "
                + "weights of bert-tiny; model.pretrained.reinitialize lets some of the network's "
                + "begin anew, model.pretrained.ignore leaves some of the file's out");
    Allowed allowed =
        new Allowed(
            List.of(
                new NamePattern("embeddings.word_embeddings"),
                new NamePattern("encoder.layer.0.output.dense.bias")),
            List.of(new NamePattern("*adapter*")));
    Adoption adoption = Pretrained.adopt(file, BERT, graph, fresh(graph), allowed);
    assertThatCode(() -> adoption.requireComplete(FILE, "bert-tiny")).doesNotThrowAnyException();
  }

  @Test
  void refusesAFileOfAnotherModel() {
    Map<String, Tensor> file = trained(GPT.define(TEXT, Head.classes(9)));
    assertThatThrownBy(() -> adopt(BERT, text(BERT), file).requireComplete(FILE, "bert"))
        .isInstanceOf(TensorFileException.class)
        .hasMessageContaining("37 missing (embeddings.word_embeddings.weight,")
        .hasMessageContaining(" unexpected (")
        .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(1));
  }

  @Test
  void countsASecondTensorOfANameAsUnexpected() {
    Graph graph = text(BERT);
    Map<String, Tensor> file = trained(graph);
    Tensor bias = file.get("classifier.bias");
    file.put("bert.classifier.bias", bias);
    file.put("module.classifier.bias", bias);
    assertThat(counts(adopt(BERT, graph, file))).containsEntry(Fate.UNEXPECTED, 2L);
  }

  @Test
  void shortensPositionsOfTokensButDoesNotMakeThemUp() {
    Graph graph = text(BERT);
    String name = "embeddings.position_embeddings.weight";
    Map<String, Tensor> longer = trained(text(new Bert(2, 8, 2, 12, 10, 0.1, Bert.Form.MEAN)));
    Adoption adoption = adopt(BERT, graph, longer);
    assertThat(counts(adoption)).containsEntry(Fate.SHORTENED, 1L);
    assertThat(adoption.weights().get(name).values())
        .containsExactly(Arrays.copyOf(longer.get(name).values(), 7 * 8));

    Map<String, Tensor> shorter = trained(text(new Bert(2, 8, 2, 12, 6, 0.1, Bert.Form.MEAN)));
    assertThatThrownBy(() -> adopt(BERT, graph, shorter).requireComplete(FILE, "bert"))
        .hasMessageContaining(name + " [6, 8], not [7, 8]");
  }

  @Test
  void interpolatesPositionsOfPatchesForAnotherSizeOfTheImage() {
    Map<String, Tensor> square = trained(image(VIT, 6, 6));
    Graph graph = image(VIT, 4, 10);
    Adoption adoption = adopt(VIT, graph, square);
    assertThat(counts(adoption)).containsEntry(Fate.INTERPOLATED, 1L).hasSize(2);
    Tensor positions = adoption.weights().get("pos_embed");
    float[] before = square.get("pos_embed").values();
    assertThat(positions.shape()).containsExactly(1L, 11L, 8L);
    assertThat(positions.values()).startsWith(Arrays.copyOf(before, 8));
    float[] grid = new PositionGrid(3, 3, 8).interpolated(before, 8, new PositionGrid(2, 5, 8));
    assertThat(positions.values()).endsWith(grid);

    Map<String, Tensor> oblong = trained(image(VIT, 4, 6));
    assertThatThrownBy(() -> adopt(VIT, graph, oblong).requireComplete(FILE, "vit"))
        .hasMessageContaining("pos_embed [1, 7, 8], not [1, 11, 8]");
  }

  @Test
  void ignoresWhatIsNoWeight() throws Exception {
    Graph graph = text(BERT);
    Map<String, Tensor> file = renamed(trained(graph), name -> "bert." + name);
    for (String name :
        List.of(
            "bert.embeddings.position_ids",
            "bert.pooler.dense.weight",
            "cls.predictions.bias",
            "/bert/Constant_12_output_0")) {
      file.put(name, new Tensor(List.of(1L), new float[1]));
    }
    Adoption adoption = adopt(BERT, graph, file);
    assertThat(counts(adoption)).containsEntry(Fate.IGNORED, 4L).hasSize(2);
    adoption.requireComplete(FILE, "bert");
  }

  @Test
  void showsNoControlCharactersOfAFilesNames() {
    Graph graph = text(BERT);
    Map<String, Tensor> file = trained(graph);
    file.put("evil\u001b[31m\nname", new Tensor(List.of(1L), new float[1]));
    Adoption adoption = adopt(BERT, graph, file);
    assertThat(adoption.table()).noneMatch(line -> line.matches("(?s).*\\p{Cntrl}.*"));
  }
}
