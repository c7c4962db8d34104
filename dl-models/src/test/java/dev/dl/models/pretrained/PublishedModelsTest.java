package dev.dl.models.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageReader;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.core.tensorfile.WeightFile;
import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.TestKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.network.Network;
import dev.dl.models.pretrained.Pretrained.Allowed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Networks of the catalogue with weights that others trained give what other implementations give
 * ({@code tools/golden/published_models.py}).
 */
class PublishedModelsTest {
  private static final String CLASSIFIER = "ch_ppocr_mobile_v2.0_cls_infer.onnx";
  private static final int LINES = 3;
  private static final float TOLERANCE = 1e-4f;

  @TempDir private static Path folder;

  static Stream<Kernels> kernels() {
    return Stream.of(new OneDnnKernels(Parallel.onOpenMp(2)), new Nd4jKernels(DataType.DOUBLE));
  }

  /** The classifier of lines of text, from ONNX. */
  @ParameterizedTest
  @MethodSource("kernels")
  void tellsLinesOfTextUpsideDownAsOnnxRuntimeDoes(Kernels kernels) throws IOException {
    Model model = ModelCatalog.find("text-direction").orElseThrow();
    Adoption adoption = adopt(model, classifier());

    assertThat(fates(adoption)).containsEntry(Fate.LOADED, 212L).containsEntry(Fate.TRANSPOSED, 1L);
    float[] scores = logits(model, adoption, kernels, lines(), 2 * LINES);
    assertThat(scores).containsExactly(golden("lines"), within(TOLERANCE));
    for (int line = 0; line < LINES; line++) {
      assertThat(scores[4 * line]).as("upright").isGreaterThan(scores[4 * line + 1]);
      assertThat(scores[4 * line + 2]).as("turned").isLessThan(scores[4 * line + 3]);
    }
  }

  /** That of genomic variants, from Keras' HDF5. */
  @ParameterizedTest
  @MethodSource("kernels")
  void scoresVariantsAsKerasDoes(Kernels kernels) throws IOException {
    Model model = ModelCatalog.find("variant-cnn").orElseThrow();
    Path file =
        PublishedFile.of(
            "org/broadinstitute",
            "gatk",
            "4.4.0.0",
            "large/cnn_score_variants/1d_cnn_mix_train_full_bn.hd5",
            Files.createTempDirectory(folder, "gatk"));
    Adoption adoption = adopt(model, file);

    assertThat(fates(adoption))
        .containsOnly(Map.entry(Fate.LOADED, 10L), Map.entry(Fate.TRANSPOSED, 6L));
    float[] rows = golden("rows");
    float[] scores =
        logits(model, adoption, kernels, rows, rows.length / model.input().shape().size());
    assertThat(scores).containsExactly(golden("variants"), within(TOLERANCE));
  }

  /** Every tensor of the classifier that is no weight is one of those that the family names. */
  @Test
  void ignoresNothingButConstantsOfTheGraph() throws IOException {
    Adoption adoption = adopt(ModelCatalog.find("text-direction").orElseThrow(), classifier());
    assertThat(adoption.account())
        .filteredOn(weight -> weight.fate() == Fate.IGNORED)
        .hasSize(95)
        .allMatch(weight -> weight.from().matches("(Constant@|fill_constant_).*"))
        .allMatch(weight -> weight.found().stream().allMatch(size -> size <= 4));
  }

  @Test
  void beginsAHeadOfOtherClassesAnew() throws IOException {
    Model model = ModelCatalog.find("text-direction").orElseThrow();
    Graph graph = model.architecture().define(model.input(), Head.classes(4));
    Adoption adoption = adopt(model, graph, classifier());
    assertThat(fates(adoption)).containsEntry(Fate.REINITIALIZED, 2L).hasSize(3);
  }

  private static Adoption adopt(Model model, Path file) throws IOException {
    return adopt(model, model.graph(), file);
  }

  private static Adoption adopt(Model model, Graph graph, Path file) throws IOException {
    Map<String, Tensor> fresh = network(graph, TestKernels.create()).weights();
    Adoption adoption =
        Pretrained.adopt(
            WeightFile.read(file), model.architecture(), graph, fresh, Allowed.NOTHING);
    adoption.requireComplete(file, model.name());
    return adoption;
  }

  private static Network network(Graph graph, Kernels kernels) {
    return Network.create(graph, Head.values(1).loss(0), kernels, 1);
  }

  private static Map<Fate, Long> fates(Adoption adoption) {
    return adoption.account().stream()
        .collect(Collectors.groupingBy(AdoptedWeight::fate, TreeMap::new, Collectors.counting()));
  }

  private static float[] logits(
      Model model, Adoption adoption, Kernels kernels, float[] inputs, int samples) {
    Network network = network(model.graph(), kernels);
    network.load(adoption.weights());
    return network.logits(inputs, samples);
  }

  private static Path classifier() throws IOException {
    Path file = Files.createTempDirectory(folder, "onnx").resolve(CLASSIFIER);
    try (InputStream in = resource("/models/" + CLASSIFIER)) {
      Files.copy(in, file);
    }
    return file;
  }

  /** Each line upright, then turned by half a circle; pixels from -1 to 1. */
  private static float[] lines() throws IOException {
    int size = 3 * 48 * 192;
    float[] inputs = new float[2 * LINES * size];
    for (int line = 0; line < LINES; line++) {
      byte[] pixels = pixels(line);
      int plane = size / 3;
      for (int i = 0; i < size; i++) {
        float value = (pixels[i] & 0xff) / 127.5f - 1;
        inputs[2 * line * size + i] = value;
        inputs[(2 * line + 1) * size + i / plane * plane + plane - 1 - i % plane] = value;
      }
    }
    return inputs;
  }

  private static byte[] pixels(int line) throws IOException {
    try (InputStream in = resource("/published/line-" + line + ".png")) {
      Image image = ImageReader.read(in.readAllBytes()).withChannels(3);
      assertThat(List.of(image.channels(), image.height(), image.width()))
          .containsExactly(3, 48, 192);
      return image.pixels();
    }
  }

  private static float[] golden(String name) throws IOException {
    try (InputStream in = resource("/published/published-models.json")) {
      JsonNode values = new ObjectMapper().readTree(in).get(name);
      float[] array = new float[values.size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = (float) values.get(i).asDouble();
      }
      return array;
    }
  }

  private static InputStream resource(String name) {
    return PublishedModelsTest.class.getResourceAsStream(name);
  }
}
