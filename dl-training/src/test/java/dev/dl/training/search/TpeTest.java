package dev.dl.training.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TpeTest {
  private static final int TRIALS = 50;
  private static final int SEEDS = 100;

  /** A rate, whose best is 0.01; a depth, 3; and a slope that only one of the choices has, 0.9. */
  private static final Space SPACE = new Space(dimensions());

  private static Map<String, Dimension> dimensions() {
    Map<String, Dimension> dimensions = new LinkedHashMap<>();
    dimensions.put("rate", new Dimension(List.of(1e-4, 1.0), null, null, null, Map.of()));
    dimensions.put("depth", new Dimension(null, null, List.of(1L, 6L), null, Map.of()));
    dimensions.put("kind", new Dimension(null, null, null, List.of("flat", "steep"), Map.of()));
    dimensions.put(
        "slope",
        new Dimension(null, List.of(0.0, 1.0), null, null, Map.of("kind", List.of("steep"))));
    return dimensions;
  }

  /** Over many seeds, since either may be lucky once. */
  @Test
  void findsBetterValuesThanRandomSearch() {
    double[] tpe = IntStream.range(0, SEEDS).mapToDouble(seed -> best(seed, true)).toArray();
    double[] random = IntStream.range(0, SEEDS).mapToDouble(seed -> best(seed, false)).toArray();
    long better = IntStream.range(0, SEEDS).filter(i -> tpe[i] < random[i]).count();
    System.out.printf(
        "TPE is better for %d of %d seeds; medians %.5f and %.5f%n",
        better, SEEDS, median(tpe), median(random));

    assertThat(better).isGreaterThanOrEqualTo(80);
    assertThat(median(tpe)).isLessThan(median(random) / 2);
  }

  @Test
  void drawsTheSameForTheSameTrials() {
    assertThat(best(7, true)).isEqualTo(best(7, true));
  }

  private static double best(int seed, boolean tpe) {
    List<Map<String, String>> trials = new ArrayList<>();
    for (int trial = 1; trial <= TRIALS; trial++) {
      Draws draws = Draws.of(seed, 0, trial);
      trials.sort(Comparator.comparingDouble(TpeTest::loss));
      Tpe model = Tpe.of(trials);
      boolean drawn = !tpe || trials.size() < Tpe.RANDOM_TRIALS;
      trials.add(
          SPACE.choose(
              (field, dimension) ->
                  drawn ? dimension.at(draws.uniform()) : model.choose(field, dimension, draws)));
    }
    return trials.stream().mapToDouble(TpeTest::loss).min().orElseThrow();
  }

  private static double loss(Map<String, String> values) {
    double decades = Math.log10(Double.parseDouble(values.get("rate"))) + 2;
    double depth = Double.parseDouble(values.get("depth")) - 3;
    double slope = Double.parseDouble(values.getOrDefault("slope", "0")) - 0.9;
    return decades * decades + 0.05 * depth * depth + slope * slope;
  }

  private static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
