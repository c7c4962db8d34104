package dev.dl.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.NamedRange;
import dev.dl.models.network.Network;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Every text model of the catalogue learns and keeps what it learnt, on few and short texts. */
final class TextModelsTest {
  private static final int VOCABULARY = 60;
  private static final int LENGTH = 12;
  private static final int BATCH = 3;
  private static final long LARGE = 8_000_000;

  private static Stream<Model> all() {
    return ModelCatalog.models().stream().filter(model -> model.input() instanceof TextInput);
  }

  static List<Model> models() {
    return all().filter(model -> graph(model).parameterCount() < LARGE).toList();
  }

  static List<Model> largeModels() {
    return all().filter(model -> graph(model).parameterCount() >= LARGE).toList();
  }

  private static Graph graph(Model model) {
    return model.architecture().define(new TextInput(LENGTH, VOCABULARY), head(model));
  }

  private static boolean writes(Model model) {
    return model.head().outputs() == ((TextInput) model.input()).vocabulary();
  }

  private static Head head(Model model) {
    return writes(model) ? Head.classes(VOCABULARY) : model.head();
  }

  @Test
  void seesEveryTextModel() {
    assertThat(models()).hasSize(12);
    assertThat(largeModels()).hasSize(7);
  }

  @ParameterizedTest
  @MethodSource("models")
  void learnsWithEveryParameterAndKeepsWhatItLearnt(Model model) {
    requireLearning(model);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("largeModels")
  void largeOnesDoSoToo(Model model) {
    requireLearning(model);
  }

  private static void requireLearning(Model model) {
    float[] texts = new float[BATCH * LENGTH];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = 1 + i * 7 % (VOCABULARY - 1);
    }
    float[] wanted = new float[writes(model) ? texts.length : BATCH];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = i % 2;
    }
    Network network = network(model, 1);
    double loss = network.gradient(texts, BATCH, wanted, 0, 0).sum();
    for (NamedRange range : network.parameterRanges()) {
      INDArray gradient =
          network
              .gradients()
              .get(NDArrayIndex.interval(range.offset(), range.offset() + range.length()));
      assertThat(gradient.normmaxNumber().doubleValue()).as(range.name()).isPositive().isFinite();
    }
    // To first order, a step that takes a twentieth of the loss away.
    double norm = network.gradients().norm2Number().doubleValue();
    network.parameters().subi(network.gradients().mul(0.05 * loss / (norm * norm)));
    assertThat(network.gradient(texts, BATCH, wanted, 0, 0).sum()).isLessThan(loss);

    Network loaded = network(model, 2);
    loaded.load(network.weights());
    float[] logits = network.logits(texts, BATCH);
    assertThat(logits).hasSize(wanted.length * head(model).outputs()).doesNotContain(Float.NaN);
    assertThat(loaded.logits(texts, BATCH)).isEqualTo(logits);
  }

  private static Network network(Model model, long seed) {
    return Network.create(
        graph(model), head(model).loss(0), new OneDnnKernels(Parallel.of(2)), seed);
  }
}
