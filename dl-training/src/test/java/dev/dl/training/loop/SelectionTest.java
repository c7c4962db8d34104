package dev.dl.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.training.spec.EarlyStoppingSpec;
import dev.dl.training.spec.EarlyStoppingSpec.Mode;
import org.junit.jupiter.api.Test;

final class SelectionTest {
  private final Selection more =
      Selection.of(new EarlyStoppingSpec("validation.accuracy", Mode.MAX, 3, 0.01), true);
  private final Selection less =
      Selection.of(new EarlyStoppingSpec("validation.loss", Mode.MIN, 3, 0.01), true);

  @Test
  void improvementsBelowTheMinimumChangeDoNotCount() {
    assertThat(more.improves(0.92, 0.90)).isTrue();
    assertThat(more.improves(0.905, 0.90)).isFalse();
    assertThat(less.improves(0.48, 0.50)).isTrue();
    assertThat(less.improves(0.495, 0.50)).isFalse();
  }

  @Test
  void anyFirstValueIsAnImprovementButNotANumberNeverIs() {
    assertThat(more.improves(-5, more.worst())).isTrue();
    assertThat(less.improves(1e9, less.worst())).isTrue();
    assertThat(more.improves(Double.NaN, more.worst())).isFalse();
    assertThat(less.improves(Double.NaN, less.worst())).isFalse();
  }

  @Test
  void patienceEndsTheSearchAndWithoutEarlyStoppingItNeverEnds() {
    assertThat(more.exhausted(2)).isFalse();
    assertThat(more.exhausted(3)).isTrue();
    assertThat(Selection.of(null, true).exhausted(1_000_000)).isFalse();
  }

  @Test
  void withoutValidationTheTrainingLossDecides() {
    assertThat(Selection.of(null, false).metric()).isEqualTo("train.loss");
    assertThat(Selection.of(null, false).improves(0.4, 0.5)).isTrue();
  }
}
