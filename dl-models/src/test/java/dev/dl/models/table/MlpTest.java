package dev.dl.models.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.models.TestKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TableInput;
import dev.dl.models.network.NamedRange;
import dev.dl.models.network.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MlpTest {
  private static final TableInput TABLE = new TableInput(3, List.of(7, 2, 1000));

  private static Network network() {
    Graph graph = Mlp.TWO_HIDDEN.define(TABLE, Head.values(1));
    return Network.create(graph, Head.values(1).loss(0), TestKernels.create(), 1);
  }

  /** Vectors of 4, 1 and 50 features: 7·4 + 2·1 + 1000·50 + (3 + 55 + 1)·512 + 513·256 + 257. */
  @Test
  void givesEachCategoryAVectorOfHalfAsManyFeatures() {
    assertThat(network().parameters().length()).isEqualTo(28 + 2 + 50_000 + 30_208 + 131_328 + 257);
    assertThat(network().parameterRanges().stream().map(NamedRange::name))
        .startsWith("embeddings.0.weight", "embeddings.1.weight", "embeddings.2.weight");
  }

  @Test
  void refusesWhatIsNoCategoryOfItsColumn() {
    assertThatThrownBy(() -> network().logits(new float[] {1, 2, 3, 6, 2, 0}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("got the category 2.0 in categorical column 1 of row 0, expected 0 to 1");
  }

  @Test
  void takesTablesOfNumbersAlone() {
    Graph graph = new Mlp(List.of(4), 0).define(new TableInput(3, List.of()), Head.labels(2));
    assertThat(graph.parameterCount()).isEqualTo(4 * 4 + 5 * 2);
    Network network = Network.create(graph, Head.labels(2).loss(0), TestKernels.create(), 1);
    assertThat(network.logits(new float[6], 2)).hasSize(4).doesNotContain(Float.NaN);
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> network().logits(new float[5], 1))
        .hasMessage("got 5 values for 1 samples, expected 6 each");
  }

  @Test
  void learnsANumber() {
    Network network = network();
    float[] rows = {0.5f, -1, 2, 3, 1, 17, -0.5f, 1, 0, 6, 0, 999};
    float[] targets = {3, -2};
    double before = network.gradient(rows, 2, targets, 0, 0).sum();
    for (int step = 0; step < 50; step++) {
      network.gradient(rows, 2, targets, step, 0);
      network.parameters().subi(network.gradients().mul(0.01));
    }
    assertThat(network.gradient(rows, 2, targets, 50, 0).sum()).isLessThan(before / 4);
  }
}
