package dev.dl.training.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How much of the order of the trials each field decides by itself: the effect size of Kruskal and
 * Wallis' test, {@code (H - groups + 1) / (trials - groups)} (Tomczak and Tomczak 2014), which is 0
 * where a field says nothing and 1 where it says all. Trials are grouped by its value, numbers by
 * the quarter of the trials that they are in, so that a best value in the middle is seen as well as
 * one at an edge. Being of ranks, it does not hang on how bad the bad ones are. What fields decide
 * only together it does not see, and of few trials it is rough.
 */
final class Importance {
  private static final int GROUPS_OF_NUMBERS = 4;
  private static final int LEAST_TRIALS = 8;

  private Importance() {}

  /**
   * From 0 to 1 for each field; none for those that count in fewer than eight trials.
   *
   * @param ranked the best first
   */
  static Map<String, Double> of(Space space, Halving halving, List<Trial> ranked) {
    Map<String, Double> importance = new LinkedHashMap<>();
    space
        .dimensions()
        .forEach(
            (field, dimension) -> {
              List<Trial> counting =
                  ranked.stream().filter(trial -> trial.values().containsKey(field)).toList();
              if (counting.size() >= LEAST_TRIALS) {
                importance.put(
                    field, effect(halving.ranks(counting), groups(field, dimension, counting)));
              }
            });
    return importance;
  }

  /** The group of each trial. */
  private static int[] groups(String field, Dimension dimension, List<Trial> trials) {
    double[] places =
        trials.stream()
            .mapToDouble(trial -> dimension.place(trial.values().get(field)).orElse(0))
            .toArray();
    if (dimension.choices() > 0) {
      return IntStream.range(0, places.length)
          .map(i -> (int) (places[i] * dimension.choices()))
          .toArray();
    }
    int[] groups = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      double place = places[i];
      long below = IntStream.range(0, places.length).filter(j -> places[j] < place).count();
      groups[i] = (int) (below * GROUPS_OF_NUMBERS / places.length);
    }
    return groups;
  }

  private static double effect(double[] ranks, int... groups) {
    Map<Integer, double[]> sums = new TreeMap<>(); // group to sum and count
    for (int i = 0; i < ranks.length; i++) {
      double[] sum = sums.computeIfAbsent(groups[i], group -> new double[2]);
      sum[0] += ranks[i];
      sum[1]++;
    }
    int count = ranks.length;
    if (sums.size() < 2 || sums.size() >= count) {
      return 0;
    }
    double mean = (count + 1) / 2.0;
    double between =
        sums.values().stream().mapToDouble(sum -> sum[1] * square(sum[0] / sum[1] - mean)).sum();
    double total = IntStream.range(0, count).mapToDouble(i -> square(ranks[i] - mean)).sum();
    if (total == 0) {
      return 0;
    }
    double statistic = (count - 1) * between / total; // with the correction for ties
    double effect = (statistic - sums.size() + 1) / (count - sums.size());
    return Math.max(0, Math.min(effect, 1));
  }

  private static double square(double value) {
    return value * value;
  }
}
