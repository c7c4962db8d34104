package dev.dl.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.training.study.Budget.Length;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Workload SMALL = new Workload(1_000, 20_000, 50, 100);
  private static final Workload LARGE = new Workload(9_000, 90_000, 100, 50);

  @Test
  void equalEpochsAreWholeOnes() {
    assertThat(new Budget.Epochs(3).length(SMALL)).isEqualTo(new Length(3, null));
    assertThat(new Budget.Epochs(3).length(SMALL).steps(100)).isEqualTo(300);
  }

  @Test
  void equalStepsBreakTheLastEpochOff() {
    Budget steps = new Budget.Steps(130);

    assertThat(steps.length(SMALL)).isEqualTo(new Length(2, 130L));
    assertThat(steps.length(LARGE)).isEqualTo(new Length(3, 130L));
    assertThat(new Budget.Steps(200).length(SMALL)).isEqualTo(new Length(2, null));
    assertThat(new Budget.Steps(1).length(SMALL)).isEqualTo(new Length(1, 1L));
  }

  /** Three passes over 50 samples of 20,000 make 3 million a step; over 100 of 90,000, 27. */
  @Test
  void equalMultiplyAddsGiveSmallerNetworksMoreSteps() {
    Budget budget = new Budget.MultiplyAdds(2.7e9);

    assertThat(budget.length(SMALL)).isEqualTo(new Length(9, null));
    assertThat(budget.length(LARGE)).isEqualTo(new Length(2, null));
    assertThatThrownBy(() -> budget.length(new Workload(1, 0, 1, 1)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("budget.multiply-adds: got a candidate whose layers do not say");
  }

  /** 100 steps of 10 ms and an evaluation of a second make an epoch of 2 seconds. */
  @Test
  void equalTimesCountTheEvaluationsToo() {
    Budget budget = new Budget.WallTime(Duration.ofSeconds(5));

    assertThat(budget.length(SMALL.withSeconds(0.01, 1))).isEqualTo(new Length(3, 250L));
    assertThat(budget.length(SMALL.withSeconds(0.01, 0))).isEqualTo(new Length(5, null));
  }

  @Test
  void saysWhatItIs() {
    assertThat(new Budget.Epochs(1).text()).isEqualTo("1 epoch each");
    assertThat(new Budget.Steps(12_000).text()).isEqualTo("12,000 steps each");
    assertThat(new Budget.MultiplyAdds(3.456e12).text()).isEqualTo("3.46e+12 multiply-adds each");
    assertThat(new Budget.WallTime(Duration.ofMinutes(90)).text())
        .isEqualTo("1h30m of training each");
  }
}
