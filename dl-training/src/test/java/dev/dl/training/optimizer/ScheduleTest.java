package dev.dl.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dl.training.optimizer.Golden.Case;
import dev.dl.training.spec.ScheduleKind;
import dev.dl.training.spec.ScheduleSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ScheduleTest {
  static List<Case> cases() {
    return Golden.cases("schedules.json");
  }

  @Test
  void everyKindHasGoldenValues() {
    assertThat(cases()).hasSize(9);
    assertThat(PlateauTest.cases()).hasSize(4);
    assertThat(cases().stream().map(golden -> spec(golden.get("spec")).name()))
        .containsAll(EnumSet.complementOf(EnumSet.of(ScheduleKind.PLATEAU)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsPyTorch(Case golden) {
    double[] expected = Golden.vector(golden.get("factors"));
    Schedule schedule =
        Schedule.of(
            spec(golden.get("spec")),
            1,
            golden.get("stepsPerEpoch").asLong(),
            golden.get("totalSteps").asLong());
    double[] factors =
        LongStream.range(0, expected.length)
            .mapToDouble(step -> schedule.factor(step, 0))
            .toArray();
    assertThat(factors)
        .hasSize(golden.get("totalSteps").asInt())
        .containsExactly(expected, within(1e-8));
  }

  @ParameterizedTest
  @EnumSource(ScheduleKind.class)
  void staysInBoundsForAnyLengthOfRunAndBeyondItsEnd(ScheduleKind kind) {
    for (double warmupEpochs : new double[] {0, 0.5, 100}) {
      ScheduleSpec spec = spec(kind, warmupEpochs);
      for (int total = 1; total < 20; total++) {
        Schedule schedule = Schedule.of(spec, 1, 3, total);
        assertThat(LongStream.range(0, total + 50).mapToObj(step -> schedule.factor(step, 2)))
            .as("%d steps, warm-up %s", total, warmupEpochs)
            .allMatch(factor -> factor > 0 && factor <= 1);
      }
    }
  }

  static ScheduleSpec spec(ScheduleKind kind, double warmupEpochs) {
    return new ScheduleSpec(kind, warmupEpochs, 0.001, 0.5, 0.25, 0.5, 3, 0.1);
  }

  private static ScheduleSpec spec(JsonNode json) {
    String name = json.required("name").asText().toUpperCase(Locale.ROOT).replace('-', '_');
    return new ScheduleSpec(
        ScheduleKind.valueOf(name),
        json.required("warmupEpochs").asDouble(),
        json.required("stepEpochs").asDouble(),
        json.required("stepFactor").asDouble(),
        json.required("minimumFactor").asDouble(),
        0.1,
        10,
        0);
  }
}
