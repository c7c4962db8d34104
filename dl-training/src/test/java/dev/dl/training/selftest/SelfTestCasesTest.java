package dev.dl.training.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelfTestCasesTest {

  @Test
  void haveEveryKindOfLayerThatTheCatalogueHas() {
    Set<String> all = layers(ModelCatalog.models().stream().map(Model::graph));

    assertThat(all).hasSizeGreaterThan(30);
    assertThat(layers(SelfTestCases.agreement().values().stream())).isEqualTo(all);
  }

  @Test
  void theWorkloadsAreSix() {
    assertThat(SelfTestCases.workloads()).hasSize(6);
  }

  private static Set<String> layers(Stream<Graph> graphs) {
    return graphs
        .flatMap(graph -> graph.nodes().stream())
        .filter(node -> !node.isInput())
        .map(node -> node.layer().getClass().getSimpleName())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
