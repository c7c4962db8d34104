package dev.dl.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.training.spec.EarlyStoppingSpec;
import dev.dl.training.spec.EarlyStoppingSpec.Mode;
import dev.dl.training.spec.ScheduleKind;
import dev.dl.training.spec.ScheduleSpec;
import org.junit.jupiter.api.Test;

final class SelectionTest {
  private static final String USUAL = "validation.accuracy";
  private static final ScheduleSpec CONSTANT =
      new ScheduleSpec(ScheduleKind.CONSTANT, 0, 30, 0.1, 0, 0.1, 10, 0);

  private final Selection more =
      Selection.of(
          new EarlyStoppingSpec("validation.accuracy", Mode.MAX, 3, 0.01),
          CONSTANT,
          USUAL,
          Mode.MAX);
  private final Selection less =
      Selection.of(
          new EarlyStoppingSpec("validation.loss", Mode.MIN, 3, 0.01), CONSTANT, USUAL, Mode.MAX);

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
    assertThat(Selection.of(null, CONSTANT, USUAL, Mode.MAX).exhausted(1_000_000)).isFalse();
  }

  @Test
  void theUsualMetricDecidesUnlessAnotherIsAskedFor() {
    Selection usual = Selection.of(null, CONSTANT, "validation.rmse", Mode.MIN);
    assertThat(usual.metric()).isEqualTo("validation.rmse");
    assertThat(usual.improves(0.4, 0.5)).isTrue();
    EarlyStoppingSpec patience = new EarlyStoppingSpec(null, null, 3, 0);
    assertThat(Selection.of(patience, CONSTANT, "validation.rmse", Mode.MIN).mode())
        .isEqualTo(Mode.MIN);
    assertThat(Selection.of(patience, CONSTANT, USUAL, Mode.MAX).mode()).isEqualTo(Mode.MAX);
  }

  @Test
  void theDirectionFollowsFromTheMetricUnlessItIsGiven() {
    assertThat(chosen("validation.loss", null).mode()).isEqualTo(Mode.MIN);
    assertThat(chosen("train.loss", null).mode()).isEqualTo(Mode.MIN);
    assertThat(chosen("validation.macroF1", null).mode()).isEqualTo(Mode.MAX);
    assertThat(chosen("validation.loss", Mode.MAX).mode()).isEqualTo(Mode.MAX);
  }

  private static Selection chosen(String metric, Mode mode) {
    return Selection.of(new EarlyStoppingSpec(metric, mode, 3, 0), CONSTANT, USUAL, Mode.MAX);
  }
}
