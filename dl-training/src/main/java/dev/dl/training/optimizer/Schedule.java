package dev.dl.training.optimizer;

import dev.dl.training.spec.RunSpec;
import dev.dl.training.spec.ScheduleSpec;

/**
 * The share of the peak learning rate that each step takes: a pure function of the step, and of how
 * often the run has stopped improving.
 *
 * <p>All have the form of PyTorch's scheduler of the same name, stepped once per update; that of
 * plateaus, of Keras and PyTorch, once per epoch.
 */
@FunctionalInterface
public interface Schedule {
  /**
   * What the peak learning rate is multiplied by, in [0, 1].
   *
   * @param completedSteps of the run before this one: 0 for the first
   * @param plateaus that the run has met before this step
   */
  double factor(long completedSteps, int plateaus);

  /** The schedule of a run whose epochs have so many steps. */
  static Schedule of(RunSpec spec, long stepsPerEpoch) {
    return of(
        spec.schedule(),
        spec.optimizer().learningRate(),
        stepsPerEpoch,
        spec.training().totalSteps(stepsPerEpoch));
  }

  /**
   * The schedule that a configuration names, for a run of the given length.
   *
   * @param peak the learning rate that the factors are shares of
   */
  static Schedule of(ScheduleSpec spec, double peak, long stepsPerEpoch, long totalSteps) {
    long warmup = Math.round(spec.warmupEpochs() * stepsPerEpoch);
    long steps = Math.max(1, totalSteps - warmup);
    Schedule main =
        switch (spec.name()) {
          case CONSTANT -> (completed, plateaus) -> 1;
          case STEP ->
              step(Math.max(1, Math.round(spec.stepEpochs() * stepsPerEpoch)), spec.stepFactor());
          case COSINE ->
              (completed, plateaus) -> cosine(1, spec.minimumFactor(), (double) completed / steps);
          case ONE_CYCLE -> oneCycle(steps, spec.minimumFactor());
          case PLATEAU -> plateau(spec.factor(), Math.min(1, spec.minimumRate() / peak));
        };
    return main.after(warmup);
  }

  /**
   * This schedule, delayed by a linear warm-up: the factor grows by equal amounts, from {@code 1 /
   * (warmupSteps + 1)} in the first step to 1 in the step after the last of the warm-up.
   */
  private Schedule after(long warmupSteps) {
    return (completed, plateaus) ->
        completed < warmupSteps
            ? (completed + 1.0) / (warmupSteps + 1.0)
            : factor(completed - warmupSteps, plateaus);
  }

  private static Schedule step(long interval, double decay) {
    return (completed, plateaus) -> Math.pow(decay, (double) Math.floorDiv(completed, interval));
  }

  private static Schedule plateau(double decay, double minimum) {
    return (completed, plateaus) -> Math.max(minimum, Math.pow(decay, plateaus));
  }

  /**
   * One rise and one longer fall, both along half a cosine (Smith and Topin 2017,
   * https://arxiv.org/abs/1708.07120): PyTorch's defaults, which begin at 1/25 of the peak and
   * reach it after 30 % of the steps, but ending at {@code minimum}.
   */
  private static Schedule oneCycle(long steps, double minimum) {
    double start = 1.0 / 25;
    double peak = 0.3 * steps - 1;
    return (completed, plateaus) ->
        completed <= peak
            ? cosine(start, 1, completed / peak)
            : cosine(1, minimum, (completed - peak) / (steps - 1 - peak));
  }

  /** Half a cosine from one value to another; {@code progress} past 1 stays there. */
  private static double cosine(double from, double to, double progress) {
    return to + (from - to) * (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
  }
}
