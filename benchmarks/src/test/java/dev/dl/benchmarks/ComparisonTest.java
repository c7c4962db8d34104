package dev.dl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  @Test
  void comparesWithinRoundsSoThatDriftCancels() {
    Map<String, List<Measurement>> rounds = new LinkedHashMap<>();
    rounds.put("a", rounds(10, 20, 40));
    rounds.put("b", rounds(20, 40, 120));
    Comparison comparison = new Comparison(rounds);
    assertThat(comparison.throughput("b")).isEqualTo(new Samples(40, 20, 120));
    assertThat(comparison.ratio("b")).isEqualTo(new Samples(2, 2, 3));
    assertThat(comparison.table().lines())
        .containsExactly(
            "engine         images/s           min-max   ratio         min-max",
            "a                  20.0     10.0-    40.0    1.00    1.00-   1.00",
            "b                  40.0     20.0-   120.0    2.00    2.00-   3.00");
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Samples.of(List.of(4.0, 1.0, 2.0, 100.0)).median()).isEqualTo(3);
  }

  private static List<Measurement> rounds(double... imagesPerSecond) {
    return DoubleStream.of(imagesPerSecond)
        .mapToObj(figure -> new Measurement(figure, List.of(figure), 1))
        .toList();
  }
}
