package dev.dl.training.search;

import dev.dl.core.random.Draws;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The tree-structured Parzen estimator of Bergstra et al. 2011
 * (https://papers.nips.cc/paper/4443-algorithms-for-hyper-parameter-optimization). The best trials
 * and the others are each taken for a density, field by field; of some values drawn from the
 * density of the best, the one is tried that is most likely there compared with the others. A field
 * is seen in those trials in which it counts.
 *
 * @param good values of the best trials, by field
 * @param others of all the others
 */
record Tpe(List<Map<String, String>> good, List<Map<String, String>> others) {
  /** So many trials come first that are drawn without regard to others. */
  static final int RANDOM_TRIALS = 10;

  private static final double SHARE_OF_GOOD = 0.15;
  private static final int MOST_GOOD = 25;
  private static final int CANDIDATES = 24;

  /**
   * From trials that have been made.
   *
   * @param ranked their values, the best first
   */
  static Tpe of(List<Map<String, String>> ranked) {
    int good = Math.min(MOST_GOOD, (int) Math.ceil(SHARE_OF_GOOD * ranked.size()));
    return new Tpe(ranked.subList(0, good), ranked.subList(good, ranked.size()));
  }

  /** The value to try. */
  String choose(String field, Dimension dimension, Draws draws) {
    Density likely = density(good, field, dimension);
    Density unlikely = density(others, field, dimension);
    return IntStream.range(0, CANDIDATES)
        .mapToObj(candidate -> new Candidate(likely.draw(draws), likely, unlikely))
        .reduce((best, next) -> next.gain() > best.gain() ? next : best)
        .map(best -> dimension.at(best.place))
        .orElseThrow();
  }

  private record Candidate(double place, Density likely, Density unlikely) {
    double gain() {
      return StrictMath.log(likely.at(place)) - StrictMath.log(unlikely.at(place));
    }
  }

  private static Density density(
      List<Map<String, String>> trials, String field, Dimension dimension) {
    double[] places =
        trials.stream()
            .filter(values -> values.containsKey(field))
            .map(values -> dimension.place(values.get(field)))
            .flatMapToDouble(OptionalDouble::stream)
            .sorted()
            .toArray();
    return dimension.choices() > 0
        ? Categories.of(places, dimension.choices())
        : Kernels.of(places);
  }

  /** Over the places from 0 to 1. */
  private sealed interface Density {
    double at(double place);

    double draw(Draws draws);
  }

  /**
   * Of one of several values.
   *
   * @param shares of each, one more than there were of each counted
   */
  private record Categories(double... shares) implements Density {

    static Categories of(double[] places, int choices) {
      double[] shares = new double[choices];
      for (int i = 0; i < choices; i++) {
        shares[i] = 1.0 / (places.length + choices);
      }
      for (double place : places) {
        shares[(int) (place * choices)] += 1.0 / (places.length + choices);
      }
      return new Categories(shares);
    }

    @Override
    public double at(double place) {
      return shares[(int) (place * shares.length)];
    }

    @Override
    public double draw(Draws draws) {
      double rest = draws.uniform();
      int index = 0;
      while (index < shares.length - 1 && rest >= shares[index]) {
        rest -= shares[index++];
      }
      return (index + 0.5) / shares.length;
    }
  }

  /**
   * Of numbers: a normal distribution around each, as wide as it is far to the farther neighbour,
   * and a broad one around the middle, all cut off at 0 and 1.
   */
  private record Kernels(double[] centres, double[] widths) implements Density {
    private static final double BROAD = 1;

    static Kernels of(double... places) {
      int count = places.length;
      double[] centres = new double[count + 1];
      double[] widths = new double[count + 1];
      double narrowest = 1.0 / Math.min(100, count + 2);
      for (int i = 0; i < count; i++) {
        double below = i == 0 ? 0 : places[i] - places[i - 1];
        double above = i == count - 1 ? 0 : places[i + 1] - places[i];
        centres[i] = places[i];
        widths[i] = count == 1 ? BROAD : Math.max(narrowest, Math.max(below, above));
      }
      centres[count] = 0.5;
      widths[count] = BROAD;
      return new Kernels(centres, widths);
    }

    @Override
    public double at(double place) {
      double sum = 0;
      for (int i = 0; i < centres.length; i++) {
        double distance = (place - centres[i]) / widths[i];
        double inside =
            Normal.below((1 - centres[i]) / widths[i]) - Normal.below(-centres[i] / widths[i]);
        sum += StrictMath.exp(-distance * distance / 2) / (widths[i] * inside);
      }
      return sum / centres.length;
    }

    @Override
    public double draw(Draws draws) {
      int index = draws.below(centres.length);
      double place;
      do {
        place = centres[index] + widths[index] * draws.gaussian();
      } while (place < 0 || place >= 1);
      return place;
    }
  }

  /** The standard normal distribution. */
  private static final class Normal {
    private Normal() {}

    /** The share below a value, to 1e-7 (Abramowitz and Stegun 1964, 26.2.17). */
    static double below(double value) {
      double t = 1 / (1 + 0.2316419 * Math.abs(value));
      double series =
          t
              * (0.319381530
                  + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
      double tail = series * StrictMath.exp(-value * value / 2) / StrictMath.sqrt(2 * Math.PI);
      return value >= 0 ? 1 - tail : tail;
    }
  }
}
