package dev.dl.models.adaptation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelBlocksTest {

  private static Graph graph(String model) {
    return ModelCatalog.find(model).orElseThrow().graph();
  }

  /** Blocks as papers count them, one before the first and one after the last. */
  @ParameterizedTest
  @CsvSource({
    "bert-tiny, 4, embeddings.word_embeddings.weight, pooler.dense.weight",
    "gpt-nano, 5, transformer.wte.weight, transformer.ln_f.weight",
    "resnet18, 10, conv1.weight, fc.weight",
    "resnet50, 18, conv1.weight, fc.weight",
    "convnext-tiny, 23, stem.0.weight, head.norm.weight",
    "lenet5, 5, conv1.weight, fc3.weight",
    "vgg11, 11, features.0.weight, classifier.6.weight",
    "lstm, 3, embedding.weight, classifier.weight",
  })
  void followsTheBlocksFromTheInputToTheOutput(String model, int count, String first, String head) {
    List<List<String>> names = ModelBlocks.of(graph(model)).names();
    assertThat(names).hasSize(count);
    assertThat(names.get(0)).contains(first);
    assertThat(names.get(count - 1)).contains(head);
  }

  @Test
  void aBlockHoldsAllOfItsParameters() {
    assertThat(ModelBlocks.of(graph("resnet18")).names().get(3))
        .contains("layer2.0.conv1.weight", "layer2.0.bn2.bias", "layer2.0.downsample.0.weight")
        .allMatch(name -> name.startsWith("layer2.0."));
    assertThat(ModelBlocks.of(graph("resnet18")).names().get(0))
        .containsExactly("conv1.weight", "bn1.weight", "bn1.bias");
  }

  @Test
  void everyParameterOfEveryModelIsInOneBlock() {
    int models = 0;
    for (Model model : ModelCatalog.models()) {
      Graph graph = model.graph();
      List<String> names = ModelBlocks.of(graph).names().stream().flatMap(List::stream).toList();
      Set<String> all = new HashSet<>();
      graph
          .nodes()
          .forEach(
              node -> node.parameters().forEach(array -> all.add(array.publicName(node.name()))));
      assertThat(names).as(model.name()).doesNotHaveDuplicates().hasSameElementsAs(all);
      models++;
    }
    assertThat(models).isGreaterThan(60);
  }
}
