package dev.dl.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Loss;
import dev.dl.models.TestKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.NamedRange;
import dev.dl.models.network.Network;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TransformersTest {
  private static final Head TWO = Head.classes(2);

  /** Published counts of BERT are those of the encoder with its pooler. */
  @Test
  void haveThePublishedNumberOfParameters() {
    assertThat(encoder(Bert.TINY)).isEqualTo(4_385_920);
    assertThat(encoder(Bert.MINI)).isEqualTo(11_170_560);
    assertThat(encoder(Bert.SMALL)).isEqualTo(28_763_648);
    assertThat(encoder(Bert.MEDIUM)).isEqualTo(41_373_184);
    assertThat(encoder(Bert.BASE)).isEqualTo(109_482_240);
    assertThat(encoder(Bert.MINILM_L6)).isEqualTo(22_713_216 - square(384));
    assertThat(encoder(Bert.DISTILBERT)).isEqualTo(66_362_880 + square(768));
    long tied = 50_257L * 768;
    assertThat(Gpt.SMALL.define(new TextInput(16, 50_257), Head.classes(50_257)).parameterCount())
        .isEqualTo(124_439_808 + tied);
  }

  private static long encoder(Bert bert) {
    long classifier = bert.hidden() * 2L + 2;
    return bert.define(new TextInput(16, 30_522), TWO).parameterCount() - classifier;
  }

  private static long square(long hidden) {
    return hidden * hidden + hidden;
  }

  @Test
  void namesWeightsAsPublicCheckpointsDo() {
    Network network =
        network(new Bert(1, 8, 2, 12, 6, 0, Bert.Form.POOLER).define(new TextInput(4, 9), TWO));
    assertThat(network.parameterRanges().stream().map(NamedRange::name))
        .contains(
            "embeddings.word_embeddings.weight",
            "embeddings.LayerNorm.bias",
            "encoder.layer.0.attention.self.query.weight",
            "encoder.layer.0.attention.self.value.bias",
            "encoder.layer.0.attention.output.dense.weight",
            "encoder.layer.0.attention.output.LayerNorm.weight",
            "encoder.layer.0.intermediate.dense.bias",
            "encoder.layer.0.output.dense.weight",
            "pooler.dense.weight");
  }

  @Test
  void whatIsPaddingDoesNotChangeTheLogits() {
    Bert bert = new Bert(2, 8, 2, 12, 6, 0.1, Bert.Form.POOLER);
    float[] alone = network(bert.define(new TextInput(3, 9), TWO)).logits(new float[] {5, 2, 7}, 1);
    float[] padded =
        network(bert.define(new TextInput(6, 9), TWO)).logits(new float[] {5, 2, 7, 0, 0, 0}, 1);
    for (int i = 0; i < alone.length; i++) {
      assertThat(padded[i]).isCloseTo(alone[i], org.assertj.core.api.Assertions.within(1e-5f));
    }
  }

  @Test
  void laterTokensDoNotChangeEarlierLogits() {
    Network network =
        network(new Gpt(2, 8, 2, 6, 0.1).define(new TextInput(5, 9), Head.classes(9)));
    float[] one = network.logits(new float[] {5, 2, 7, 1, 3}, 1);
    float[] other = network.logits(new float[] {5, 2, 7, 8, 8}, 1);
    IntStream.range(0, 3 * 9).forEach(i -> assertThat(other[i]).isEqualTo(one[i]));
    assertThat(other[3 * 9]).isNotEqualTo(one[3 * 9]);
  }

  @Test
  void learnsASequenceByHeart() {
    Network network = network(new Gpt(2, 32, 2, 8, 0).define(new TextInput(8, 9), Head.classes(9)));
    float[] tokens = {1, 5, 2, 8, 4, 3, 7, 6};
    float[] next = {5, 2, 8, 4, 3, 7, 6, 1};
    double first = network.gradient(tokens, 1, next, 0, 0).sum();
    for (int step = 0; step < 200; step++) {
      network.gradient(tokens, 1, next, step, 0);
      network.parameters().subi(network.gradients().mul(0.05));
    }
    assertThat(network.gradient(tokens, 1, next, 0, 0).sum()).isLessThan(first / 10);
  }

  private static Network network(Graph graph) {
    return Network.create(graph, new Loss.SoftmaxCrossEntropy(0), TestKernels.create(), 3);
  }
}
