package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A network cut in two behind images, behind a vector and before dropout. */
final class NetworkPartsTest {
  private static final int SAMPLES = 3;
  private static final Graph GRAPH =
      ModelCatalog.find("convnet")
          .orElseThrow()
          .architecture()
          .define(ImageInput.of(2, 9, 8), Head.classes(4));

  private final float[] inputs = new float[SAMPLES * 2 * 9 * 8];

  NetworkPartsTest() {
    Random random = new Random(1);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
  }

  private static List<Kernels> kernels() {
    return List.of(new OneDnnKernels(Parallel.onOpenMp(2)), new Nd4jKernels(DataType.FLOAT));
  }

  private static Network network(Kernels kernels) {
    Network network = Network.create(GRAPH, Head.classes(4).loss(0), kernels, 3);
    network.buffers().addi(0.25); // running statistics other than those it begins with
    return network;
  }

  private static Node node(String name) {
    return GRAPH.nodes().stream().filter(node -> node.name().equals(name)).findFirst().get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage1.0.bn", "stage2.0.conv", "pool1", "average", "dropout"})
  void whatTheFirstGivesTheSecondMakesTheWholesOutputsOf(String name) {
    for (Kernels kernels : kernels()) {
      Network whole = network(kernels);
      float[] features = whole.upTo(node(name)).logits(inputs, SAMPLES);
      assertThat(features).hasSize(SAMPLES * node(name).shape().size());
      assertThat(whole.after(node(name)).logits(features, SAMPLES))
          .as(kernels.name())
          .containsExactly(whole.logits(inputs, SAMPLES), within(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage1.0.conv", "average"})
  void theirWeightsAreTheWholes(String name) {
    Network whole = network(kernels().get(0));
    Map<String, Tensor> weights = new HashMap<>(whole.upTo(node(name)).weights());
    Map<String, Tensor> second = whole.after(node(name)).weights();
    assertThat(weights).doesNotContainKeys(second.keySet().toArray(String[]::new));
    weights.putAll(second);
    assertThat(weights.keySet()).isEqualTo(whole.weights().keySet());
    whole
        .weights()
        .forEach(
            (key, tensor) ->
                assertThat(weights.get(key).values()).as(key).containsExactly(tensor.values()));
  }

  /** With all before frozen, which then normalizes by its running statistics. */
  @ParameterizedTest
  @ValueSource(strings = {"average", "pool2"})
  void theSecondHasTheGradientOfTheWholeAndDropsTheSame(String name) {
    for (Kernels kernels : kernels()) {
      Network whole = network(kernels);
      Network first = whole.upTo(node(name));
      Network second = whole.after(node(name));
      whole.freeze(first.weights()::containsKey);
      float[] labels = {1, 3, 0};
      whole.gradient(inputs, SAMPLES, labels, 5, 1);
      second.gradient(first.logits(inputs, SAMPLES), SAMPLES, labels, 5, 1);
      Map<String, Tensor> expected = FlatTensors.split(whole.parameterRanges(), whole.gradients());
      FlatTensors.split(second.parameterRanges(), second.gradients())
          .forEach(
              (key, found) ->
                  assertThat(found.values())
                      .as("%s on %s", key, kernels.name())
                      .containsExactly(expected.get(key).values(), within(1e-5f)));
      assertThat(DenseArrays.read(second.gradients())).isNotEqualTo(new float[1]);
    }
  }
}
