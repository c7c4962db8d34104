package dev.dl.models.adaptation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrozenPartTest {

  @ParameterizedTest
  @CsvSource({
    "minilm-l6, embeddings.* encoder.*, mean",
    "bert-tiny, embeddings.* encoder.*, first",
    "bert-tiny, embeddings.* encoder.* pooler.*, pooler.dense",
    "convnet, stage*, average",
    "resnet18, conv1.* bn1.* layer1.* layer2.* layer3.* layer4.*, average",
    "resnet18, conv1.* bn1.* layer1.* layer2.* layer3.*, layer3.1.add",
  })
  void endsWhereAllThatIsTrainedBegins(String model, String frozen, String last) {
    assertThat(last(model, frozen)).get().extracting(Node::name).isEqualTo(last);
  }

  /** Of the last one, blocks that are trained read the padding mask too. */
  @ParameterizedTest
  @CsvSource({
    "lenet5, none",
    "lenet5, fc3.*",
    "lenet5, conv1.bias",
    "bert-tiny, embeddings.* encoder.layer.0.*",
  })
  void isNothingWhereTheRestReadsMoreThanItGives(String model, String frozen) {
    assertThat(last(model, frozen)).isEmpty();
  }

  private static Optional<Node> last(String model, String frozen) {
    Graph graph = ModelCatalog.find(model).orElseThrow().graph();
    List<String> patterns = List.of(frozen.split(" "));
    return FrozenPart.last(graph, name -> NamePattern.anyMatches(patterns, name));
  }
}
