package dev.dl.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.models.ModelCatalog;
import dev.dl.models.TestKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.Network;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of texts that tell a tag for each token. */
final class TaggersTest {
  private static final TextInput WORDS = new TextInput(12, 20);
  private static final Head TAGS = Head.tags(3);

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "bilstm", "transformer", "bert-tiny", "distilbert"})
  void tellATagForEachTokenWhateverPaddingFollows(String name) {
    Graph graph = graph(name);
    TAGS.requireShape(WORDS, graph.output().shape());
    Network network = Network.create(graph, TAGS.loss(0), TestKernels.create(), 1);
    float[] sentence = {5, 3, 17, 3, 9};
    float[] logits = network.logits(sentence, 1);
    assertThat(logits).hasSize(5 * 3);
    float[] padded = Arrays.copyOf(sentence, 8);

    float[] beginning = Arrays.copyOf(network.logits(padded, 1), logits.length);
    assertThat(beginning).containsExactly(logits, within(1e-5f));
    float[] second = Arrays.copyOfRange(logits, 3, 6);
    float[] fourth = Arrays.copyOfRange(logits, 9, 12);
    assertThat(second).as("the same word, but elsewhere").isNotEqualTo(fourth);
  }

  @Test
  void othersAreRefused() {
    List<String> others = List.of("fasttext", "textcnn", "bilstm-attention", "bigru-attention");
    for (String name : others) {
      assertThatThrownBy(() -> TAGS.requireShape(WORDS, graph(name).output().shape()))
          .as(name)
          .hasMessage("it gives 3, expected 12x3");
    }
    assertThatThrownBy(() -> graph("gpt-nano")).hasMessageContaining("expected one class for each");
  }

  private static Graph graph(String name) {
    return ModelCatalog.find(name).orElseThrow().architecture().define(WORDS, TAGS);
  }
}
