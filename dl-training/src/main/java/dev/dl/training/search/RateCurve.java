package dev.dl.training.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The loss of a training whose learning rate rises with each step, by equal factors: the range test
 * of Smith 2015 (https://arxiv.org/abs/1506.01186).
 *
 * @param points in the order of the steps
 * @param diverged whether the loss grew beyond bounds, which ended the test
 */
public record RateCurve(List<Point> points, boolean diverged) {
  private static final int WINDOW = 5;
  private static final double BEYOND = 4;
  private static final double BELOW_MINIMUM = 3;
  private static final double LEAST_FALL = 0.02;

  public RateCurve {
    points = List.copyOf(points);
  }

  /**
   * One step.
   *
   * @param rate that it took
   * @param loss after it
   * @param smoothed mean of the losses around it, the nearer the more weight
   */
  public record Point(double rate, double loss, double smoothed) {}

  /**
   * The curve of such steps, taken out of so many.
   *
   * @param losses after each step
   * @param rates of each step
   * @param steps that the whole test has
   */
  public static RateCurve of(List<Double> rates, List<Double> losses, int steps) {
    boolean diverged = isBeyond(losses);
    int last = losses.size();
    while (last > 0 && !Double.isFinite(losses.get(last - 1))) {
      last--;
    }
    List<Double> finite = losses.subList(0, last);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      points.add(new Point(rates.get(i), finite.get(i), smoothed(finite, i, steps / 40.0)));
    }
    return new RateCurve(points, diverged);
  }

  /** Whether the last losses are beyond those of a training: not finite, or far above the best. */
  public static boolean isBeyond(List<Double> losses) {
    int count = losses.size();
    if (count > 0 && !Double.isFinite(losses.get(count - 1))) {
      return true;
    }
    double lowest =
        IntStream.rangeClosed(WINDOW, count)
            .mapToDouble(end -> mean(losses, end))
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return count > WINDOW && mean(losses, count) > BEYOND * lowest;
  }

  private static double mean(List<Double> losses, int end) {
    return losses.subList(end - WINDOW, end).stream().mapToDouble(loss -> loss).average().orElse(0);
  }

  private static double smoothed(List<Double> losses, int at, double deviation) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < losses.size(); i++) {
      double distance = (i - at) / deviation;
      double weight = Math.exp(-distance * distance / 2);
      sum += weight * losses.get(i);
      weights += weight;
    }
    return sum / weights;
  }

  /** Where the smoothed loss is lowest; empty if it never fell. */
  public Optional<Point> lowest() {
    if (points.isEmpty()) {
      return Optional.empty();
    }
    Point lowest = points.get(0);
    for (Point point : points) {
      lowest = point.smoothed < lowest.smoothed ? point : lowest;
    }
    double first = points.get(0).smoothed;
    return lowest.smoothed < first - LEAST_FALL * Math.abs(first)
        ? Optional.of(lowest)
        : Optional.empty();
  }

  /**
   * A third of the rate at which the smoothed loss is lowest, to two digits: half a decade below
   * where training begins to break down. Noise of single batches moves the lowest point by far less
   * than the steepest one, which is a difference of differences.
   */
  public Optional<Double> suggestion() {
    return lowest()
        .map(
            point ->
                Double.valueOf(String.format(Locale.ROOT, "%.1e", point.rate / BELOW_MINIMUM)));
  }
}
