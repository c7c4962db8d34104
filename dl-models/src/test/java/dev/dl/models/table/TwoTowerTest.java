package dev.dl.models.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.models.TestKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TableInput;
import dev.dl.models.network.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TwoTowerTest {
  private static final TwoTower TOWERS = new TwoTower(8, List.of(16), 4, 0);

  private static Network network(TableInput table) {
    Graph graph = TOWERS.define(table, Head.values(1));
    return Network.create(graph, Head.values(1).loss(0), TestKernels.create(), 1);
  }

  /** Ratings that are products: all of it is in the pairs, none in the biases. */
  @Test
  void learnsWhatUserAndItemHaveTogether() {
    Network network = network(new TableInput(0, List.of(5, 4), List.of(1)));
    float[] rows = {1, 1, 1, 2, 2, 1, 2, 2, 3, 1, 3, 2};
    float[] targets = {1, -1, -1, 1, 1, -1};
    for (int step = 0; step < 1500; step++) {
      network.gradient(rows, 6, targets, step, 0);
      network.parameters().subi(network.gradients().mul(0.02));
    }
    assertThat(network.logits(rows, 6)).containsExactly(targets, within(0.05f));
  }

  /**
   * Biases are zero at first, so of a row a product is told, and the products of two users and two
   * items are of rank one in each factor: with one factor, their determinant is zero.
   */
  @Test
  void readsEachColumnInItsOwnTowerAlone() {
    TableInput table = new TableInput(1, List.of(5, 4, 3), List.of(0, 2));
    Graph graph = new TwoTower(8, List.of(16), 1, 0).define(table, Head.values(1));
    Network network = Network.create(graph, Head.values(1).loss(0), TestKernels.create(), 1);

    float[] told =
        network.logits(new float[] {0.5f, 1, 2, 1, 0.5f, 3, 2, 2, -1, 1, 3, 1, -1, 3, 3, 2}, 4);

    assertThat(told[0]).isNotCloseTo(told[1], within(1e-4f)).isNotCloseTo(told[2], within(1e-4f));
    assertThat(told[0] * told[3]).isCloseTo(told[1] * told[2], within(1e-6f));
  }

  @Test
  void refusesRowsWithoutAnItemOrAUser() {
    assertThatThrownBy(() -> network(new TableInput(1, List.of(5, 4))))
        .hasMessage(
            "got no columns of the item, expected data.table.item to name some columns, but not"
                + " all");
    assertThatThrownBy(() -> network(new TableInput(0, List.of(5, 4), List.of(1, 0))))
        .hasMessageContaining("no columns of the user");
  }
}
