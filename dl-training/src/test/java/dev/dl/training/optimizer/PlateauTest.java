package dev.dl.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dl.training.loop.Selection;
import dev.dl.training.optimizer.Golden.Case;
import dev.dl.training.spec.EarlyStoppingSpec;
import dev.dl.training.spec.EarlyStoppingSpec.Mode;
import dev.dl.training.spec.ScheduleKind;
import dev.dl.training.spec.ScheduleSpec;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rate falls when PyTorch's does, from the metrics of one epoch after another. */
final class PlateauTest {
  private static final double PEAK = 0.5;
  private static final int STEPS = 3;

  static List<Case> cases() {
    return Golden.cases("plateaus.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsPyTorch(Case golden) {
    ScheduleSpec spec = spec(golden.get("patience").asInt(), golden, 0);
    Schedule schedule = Schedule.of(spec, PEAK, STEPS, 1000);
    Mode mode = Mode.valueOf(golden.get("mode").asText().toUpperCase(Locale.ROOT));
    double change = golden.get("minimumChange").asDouble();
    Selection selection =
        Selection.of(new EarlyStoppingSpec("validation.x", mode, 99, change), spec, "y", Mode.MAX);
    double best = selection.worst();
    int badEpochs = 0;
    int plateaus = 0;
    double[] values = Golden.vector(golden.get("values"));
    double[] rates = Golden.vector(golden.get("rates"));
    assertThat(rates).hasSize(values.length + 1);
    for (int epoch = 0; epoch < values.length; epoch++) {
      assertThat(PEAK * schedule.factor((long) epoch * STEPS, plateaus))
          .as("epoch %d", epoch + 1)
          .isCloseTo(rates[epoch], within(1e-8));
      boolean improved = selection.improves(values[epoch], best);
      best = improved ? values[epoch] : best;
      badEpochs = improved ? 0 : badEpochs + 1;
      plateaus += selection.plateauAfter(badEpochs) ? 1 : 0;
    }
    assertThat(PEAK * schedule.factor((long) values.length * STEPS, plateaus))
        .isCloseTo(rates[values.length], within(1e-8));
    assertThat(rates[values.length]).as("falls at all").isLessThan(PEAK);
  }

  @Test
  void risesDuringTheWarmUpWhateverWasMet() {
    Schedule schedule = Schedule.of(spec(2, cases().get(0), 1), PEAK, STEPS, 1000);
    assertThat(schedule.factor(0, 3)).isEqualTo(0.25);
    assertThat(schedule.factor(STEPS, 0)).isEqualTo(1);
    assertThat(schedule.factor(STEPS, 1)).isLessThan(1);
  }

  @Test
  void otherSchedulesMeetNoPlateau() {
    Selection selection =
        Selection.of(null, ScheduleTest.spec(ScheduleKind.COSINE, 0), "validation.x", Mode.MAX);
    assertThat(selection.plateauAfter(1_000_000)).isFalse();
  }

  private static ScheduleSpec spec(int patience, Case golden, double warmupEpochs) {
    JsonNode factor = golden.get("factor");
    return new ScheduleSpec(
        ScheduleKind.PLATEAU,
        warmupEpochs,
        30,
        0.1,
        0,
        factor.asDouble(),
        patience,
        golden.get("minimumRate").asDouble());
  }
}
