package dev.dl.training.comparison;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Intervals that hold the mean of what a few numbers are a sample of, with 95 % confidence. */
final class Intervals {
  /** Fewer values than this resample to means that lie too close together. */
  static final int FEWEST_TO_RESAMPLE = 10;

  private static final double OUTSIDE = 0.05;
  private static final int RESAMPLES = 20_000;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Intervals() {}

  /** The one to be shown: by resampling where there are enough values, else Student's. */
  static Interval of(double... values) {
    return values.length < FEWEST_TO_RESAMPLE ? student(values) : bootstrap(values);
  }

  /** Student's interval, which takes the values to be normal. */
  static Interval student(double... values) {
    double mean = Sample.mean(values);
    double half =
        TDistribution.of(values.length - 1).inverseSurvivalProbability(OUTSIDE / 2)
            * Sample.deviation(values)
            / Math.sqrt(values.length);
    return new Interval(mean - half, mean + half, "t");
  }

  /**
   * The bootstrap's, bias-corrected and accelerated (Efron 1987,
   * https://doi.org/10.1080/01621459.1987.10478410), from all resamples where they are few, else
   * from the same random ones at every call.
   */
  static Interval bootstrap(double... values) {
    if (!Sample.varies(values)) {
      return new Interval(Sample.mean(values), Sample.mean(values), "bootstrap");
    }
    double[] means = resampledMeans(values);
    double mean = Sample.mean(values);
    double below = DoubleStream.of(means).map(each -> Math.signum(mean - each) + 1).sum() / 2;
    double bias = NORMAL.inverseCumulativeProbability(below / means.length);
    double acceleration = acceleration(values);
    double quantile = NORMAL.inverseSurvivalProbability(OUTSIDE / 2);
    Arrays.sort(means);
    return new Interval(
        percentile(means, share(bias, bias - quantile, acceleration)),
        percentile(means, share(bias, bias + quantile, acceleration)),
        "bootstrap");
  }

  private static double share(double bias, double quantile, double acceleration) {
    return NORMAL.cumulativeProbability(bias + quantile / (1 - acceleration * quantile));
  }

  /** By the jackknife: how the spread of the mean changes with the mean. */
  private static double acceleration(double... values) {
    double mean = Sample.mean(values);
    double squares = 0;
    double cubes = 0;
    for (double value : values) {
      double influence = value - mean; // of leaving it out, but for a factor that cancels
      squares += influence * influence;
      cubes += influence * influence * influence;
    }
    return cubes / (6 * Math.pow(squares, 1.5));
  }

  private static double[] resampledMeans(double... values) {
    int count = values.length;
    double all = Math.pow(count, count);
    double[] means = new double[(int) Math.min(all, RESAMPLES)];
    SplittableRandom random = new SplittableRandom(count);
    for (int resample = 0; resample < means.length; resample++) {
      double sum = 0;
      int rest = resample; // its digits to the base of the count are all resamples in turn
      for (int i = 0; i < count; i++) {
        sum += values[all <= RESAMPLES ? rest % count : random.nextInt(count)];
        rest /= count;
      }
      means[resample] = sum / count;
    }
    return means;
  }

  /** Between the two nearest values, in proportion. */
  private static double percentile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
