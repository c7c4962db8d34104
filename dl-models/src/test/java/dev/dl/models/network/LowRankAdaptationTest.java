package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.config.ConfigException;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.ModelCatalog;
import dev.dl.models.TestKernels;
import dev.dl.models.adaptation.LowRankAdaptation;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TextInput;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

final class LowRankAdaptationTest {
  private static final Parallel PARALLEL = Parallel.of(2);
  private static final LowRankAdaptation ALL = new LowRankAdaptation(List.of(), 4, 8, 0.1);
  private static final int VOCABULARY = 50;
  private static final int LENGTH = 12;
  private static final int TEXTS = 3;

  @AfterAll
  static void closeTeam() {
    PARALLEL.close();
  }

  private static Graph graph(String model) {
    Head head = model.startsWith("gpt") ? Head.next(VOCABULARY) : Head.classes(3);
    return ModelCatalog.find(model)
        .orElseThrow()
        .architecture()
        .define(new TextInput(LENGTH, VOCABULARY), head);
  }

  private static Network network(Graph graph) {
    return Network.create(graph, new Loss.SoftmaxCrossEntropy(0), TestKernels.create(), 1);
  }

  private static float[] texts() {
    Random random = new Random(1);
    float[] ids = new float[TEXTS * LENGTH];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i % LENGTH > 8 ? 0 : 1 + random.nextInt(VOCABULARY - 1);
    }
    return ids;
  }

  /** Adapters begin at zero; here they have learnt something. */
  private static void randomize(Network network) {
    Random random = new Random(2);
    for (NamedRange range : network.parameterRanges()) {
      if (range.name().contains("lora_")) {
        for (long i = range.offset(); i < range.offset() + range.length(); i++) {
          network.parameters().putScalar(i, 0.1 * random.nextGaussian());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-tiny", "gpt-nano", "distilbert"})
  void mergedWeightsGiveTheOutputsOfTheAdaptedNetwork(String model) {
    Network plain = network(graph(model));
    Network adapted = network(ALL.adapt(graph(model), "targets"));
    Map<String, Tensor> weights = new LinkedHashMap<>(adapted.weights());
    weights.putAll(plain.weights());
    adapted.load(weights);
    float[] before = plain.logits(texts(), TEXTS);
    assertThat(adapted.logits(texts(), TEXTS))
        .as("as it was until it is trained")
        .containsExactly(before, within(1e-6f));

    randomize(adapted);
    plain.load(LowRankAdaptation.merged(adapted.graph(), adapted.weights()));
    float[] merged = plain.logits(texts(), TEXTS);
    assertThat(IntStream.range(0, merged.length))
        .as("adapters do something")
        .anyMatch(i -> Math.abs(merged[i] - before[i]) > 1e-2);
    assertThat(adapted.logits(texts(), TEXTS)).containsExactly(merged, within(1e-5f));
  }

  /** While B is zero, A has no gradient to compare. */
  @ParameterizedTest
  @ValueSource(strings = {"adapted dense", "adapted queries and values"})
  void adaptersThatHaveLearntHaveTheGradientsOfFiniteDifferences(String name) {
    Network network = GradientCheckTest.network(name, new Nd4jKernels(DataType.DOUBLE));
    randomize(network);
    GradientCheckTest.requireFiniteDifferences(name, network);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapted dense", "adapted queries and values"})
  void adaptersAloneHaveTheSameGradientsWithoutThoseOfTheWeights(String name) {
    for (Kernels kernels : List.of(new OneDnnKernels(PARALLEL), new Nd4jKernels(DataType.DOUBLE))) {
      Network free = GradientCheckTest.network(name, kernels);
      Network frozen =
          GradientCheckTest.network(name, kernels, parameter -> !parameter.contains("lora_"));
      randomize(free);
      randomize(frozen);
      GradientCheckTest.gradient(name, free);
      GradientCheckTest.gradient(name, frozen);
      for (NamedRange range : frozen.parameterRanges()) {
        for (long i = range.offset(); i < range.offset() + range.length(); i++) {
          double expected = range.trained() ? free.gradients().getDouble(i) : 0;
          assertThat(frozen.gradients().getDouble(i))
              .as(range.name())
              .isCloseTo(expected, within(1e-6));
        }
      }
    }
  }

  @Test
  void onlyTargetsAreAdapted() {
    Graph adapted =
        new LowRankAdaptation(List.of("*.query.weight", "*.value.weight"), 2, 2, 0)
            .adapt(graph("bert-tiny"), "targets");
    Set<String> trained = new HashSet<>(LowRankAdaptation.trained(adapted));
    assertThat(trained)
        .hasSize(2 * 2 * 2 + 2)
        .contains("classifier.weight", "classifier.bias")
        .contains("encoder.layer.0.attention.self.query.lora_A.weight")
        .contains("encoder.layer.1.attention.self.value.lora_B.weight");
    assertThat(adapted.parameterCount() - graph("bert-tiny").parameterCount())
        .isEqualTo(2 * 2 * 2 * 2 * 128);
    assertThatThrownBy(
            () ->
                new LowRankAdaptation(List.of("*.qery.weight"), 2, 2, 0)
                    .adapt(graph("bert-tiny"), "fineTuning.lora.targets"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fineTuning.lora.targets: got *.qery.weight");
  }
}
