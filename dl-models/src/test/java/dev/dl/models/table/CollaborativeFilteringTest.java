package dev.dl.models.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.models.TestKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TableInput;
import dev.dl.models.network.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CollaborativeFilteringTest {
  private static final TableInput RATINGS = new TableInput(0, List.of(5, 4));

  private static Network network(CollaborativeFiltering architecture) {
    Graph graph = architecture.define(RATINGS, Head.values(1));
    return Network.create(graph, Head.values(1).loss(0), TestKernels.create(), 1);
  }

  /** Before training, what is told of a user hangs on the item alone where either is unknown. */
  @Test
  void knowsNothingOfStrangersAtFirst() {
    float[] told =
        network(CollaborativeFiltering.MACHINE).logits(new float[] {0, 0, 0, 3, 2, 0, 2, 3}, 4);
    assertThat(told[0]).isZero();
    assertThat(told[1]).isZero();
    assertThat(told[2]).isZero();
    assertThat(told[3]).isNotZero();
  }

  /** Ratings that are products: all of it is in the pairs, none in the biases. */
  @Test
  void learnsWhatUserAndItemHaveTogether() {
    for (var architecture :
        List.of(CollaborativeFiltering.MACHINE, new CollaborativeFiltering(8, List.of(16, 8), 0))) {
      Network network = network(architecture);
      float[] rows = {1, 1, 1, 2, 2, 1, 2, 2, 3, 1, 3, 2};
      float[] targets = {1, -1, -1, 1, 1, -1};
      for (int step = 0; step < 1500; step++) {
        network.gradient(rows, 6, targets, step, 0);
        network.parameters().subi(network.gradients().mul(0.02));
      }
      assertThat(network.logits(rows, 6)).containsExactly(targets, within(0.05f));
    }
  }

  @Test
  void beginsAsTheSumOfItsTowersWhereOneNumberIsTold() {
    assertThat(outputWeights(Head.values(1))).hasSize(48).containsOnly(1f);
    assertThat(outputWeights(Head.classes(3))).hasSize(144).doesNotContain(1f);
  }

  private static float[] outputWeights(Head head) {
    Graph graph = CollaborativeFiltering.NEURAL.define(RATINGS, head);
    return Network.create(graph, head.loss(0), TestKernels.create(), 1)
        .weights()
        .get("output.weight")
        .values();
  }
}
