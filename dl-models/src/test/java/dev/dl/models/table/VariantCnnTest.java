package dev.dl.models.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TableInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VariantCnnTest {

  @Test
  void readsWindowsThatEndWhereTheLettersDo() {
    Graph graph =
        VariantCnn.GATK.define(new TableInput(7, Collections.nCopies(128, 5)), Head.classes(4));
    assertThat(graph.nodes())
        .filteredOn(node -> node.name().equals("flatten_1"))
        .allMatch(node -> node.shape().features() == (128 - 3 * 11) * 128)
        .hasSize(1);
  }

  @Test
  void refusesColumnsThatAreNotOneSequenceOfLetters() {
    assertRefused(new TableInput(7, Collections.nCopies(33, 5)), "more than 33 columns");
    assertRefused(new TableInput(7, List.of()), "more than 33 columns");
    List<Integer> codes = new ArrayList<>(Collections.nCopies(128, 5));
    codes.set(100, 4);
    assertRefused(new TableInput(7, codes), "of the same letters");
    assertRefused(new TableInput(0, Collections.nCopies(128, 5)), "got no numbers");
  }

  private static void assertRefused(TableInput input, String message) {
    assertThatThrownBy(() -> VariantCnn.GATK.define(input, Head.classes(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("expected");
  }
}
