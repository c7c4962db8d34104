package dev.dl.training;

import dev.dl.core.data.Batches;
import dev.dl.core.data.Prefetcher;
import dev.dl.core.data.Split;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.training.loop.Learner;
import dev.dl.training.search.RateCurve;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries learning rates on the training of a spec: with its data, network, optimizer and weights to
 * begin with, in memory. Nothing is written.
 */
public final class RateSearch {
  /** Where the rates begin. */
  public static final double LOWEST = 1e-7;

  /** Where they end. */
  public static final double HIGHEST = 10;

  private RateSearch() {}

  /**
   * Trains for some steps, each with a higher rate than the one before; for fewer if the loss grows
   * beyond bounds.
   *
   * @param steps from the lowest rate to the highest
   */
  public static RateCurve of(TrainingRun.Start start, int steps) throws IOException {
    Setup setup = Setup.of(start, ConvolutionRule.CURRENT, true);
    double peak = start.spec().optimizer().learningRate();
    Learner learner = setup.learner((completed, plateaus) -> rate(completed, steps) / peak);
    return of(
        learner,
        new Batches(setup.seen().get(Split.TRAIN), start.spec().training().batchSize()),
        start.spec().seed(),
        steps);
  }

  /** A batch more than steps, since it takes another batch to see what a step came to. */
  private static RateCurve of(Learner learner, Batches batches, long seed, int steps) {
    List<Double> rates = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    int completed = 0;
    for (int epoch = 1; completed <= steps && !RateCurve.isBeyond(losses); epoch++) {
      try (Prefetcher prefetcher = batches.shuffled(seed, epoch, 0)) {
        while (prefetcher.hasNext() && completed <= steps && !RateCurve.isBeyond(losses)) {
          Learner.Update update = learner.step(prefetcher.next(), completed);
          if (completed > 0) {
            losses.add(update.applied() ? update.loss() : Double.NaN);
            rates.add(rate(completed - 1, steps));
          }
          completed++;
        }
      }
    }
    return RateCurve.of(rates, losses, steps);
  }

  private static double rate(long completed, int steps) {
    return LOWEST * Math.pow(HIGHEST / LOWEST, (double) completed / (steps - 1));
  }
}
