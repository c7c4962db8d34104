package dev.dl.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Loss;
import dev.dl.models.TestKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.NamedRange;
import dev.dl.models.network.Network;
import org.junit.jupiter.api.Test;

class LstmClassifierTest {
  private static final Head TWO = Head.classes(2);

  @Test
  void hasTheParametersOfPyTorchsModulesByTheirNames() {
    // nn.Embedding(20000, 128), nn.LSTM(128, 256), nn.Linear(256, 2)
    assertThat(LstmClassifier.LSTM.define(new TextInput(100, 20_000), TWO).parameterCount())
        .isEqualTo(2_560_000 + 395_264 + 514);
    assertThat(LstmClassifier.BILSTM.define(new TextInput(100, 20_000), TWO).parameterCount())
        .isEqualTo(2_560_000 + 2 * 395_264 + 1_026);
    assertThat(network(4).parameterRanges().stream().map(NamedRange::name))
        .containsExactlyInAnyOrder(
            "embedding.weight",
            "lstm.weight_ih_l0",
            "lstm.weight_hh_l0",
            "lstm.bias_ih_l0",
            "lstm.bias_hh_l0",
            "lstm.weight_ih_l0_reverse",
            "lstm.weight_hh_l0_reverse",
            "lstm.bias_ih_l0_reverse",
            "lstm.bias_hh_l0_reverse",
            "classifier.weight",
            "classifier.bias");
  }

  @Test
  void doesNotSeePadding() {
    float[] alone = network(2).logits(new float[] {3, 1}, 1);
    float[] padded = network(5).logits(new float[] {3, 1, 0, 0, 0, 7, 2, 5, 5, 1}, 2);
    assertThat(padded[0]).isCloseTo(alone[0], within(1e-6f));
    assertThat(padded[1]).isCloseTo(alone[1], within(1e-6f));
    assertThat(padded[2]).isNotCloseTo(alone[0], within(1e-3f));
  }

  @Test
  void refusesImages() {
    assertThatThrownBy(() -> LstmClassifier.LSTM.define(ImageInput.of(1, 2, 2), TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("got 1x2x2 images, expected texts");
  }

  private static Network network(int length) {
    Graph graph = new LstmClassifier(6, 5, true, 0.1).define(new TextInput(length, 8), TWO);
    return Network.create(graph, new Loss.SoftmaxCrossEntropy(0), TestKernels.create(), 1);
  }
}
