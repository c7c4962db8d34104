package dev.dl.training.optimizer;

import dev.dl.training.spec.ScheduleSpec;

/**
 * The share of the peak learning rate that each step takes: a pure function of the step.
 *
 * <p>All have the form of PyTorch's scheduler of the same name, stepped once per update.
 */
@FunctionalInterface
public interface Schedule {
  /**
   * What the peak learning rate is multiplied by, in [0, 1].
   *
   * @param completedSteps of the run before this one: 0 for the first
   */
  double factor(long completedSteps);

  /** The schedule that a configuration names, for a run of the given length. */
  static Schedule of(ScheduleSpec spec, long stepsPerEpoch, long totalSteps) {
    long warmup = Math.round(spec.warmupEpochs() * stepsPerEpoch);
    long steps = Math.max(1, totalSteps - warmup);
    Schedule main =
        switch (spec.name()) {
          case CONSTANT -> completed -> 1;
          case STEP ->
              step(Math.max(1, Math.round(spec.stepEpochs() * stepsPerEpoch)), spec.stepFactor());
          case COSINE -> completed -> cosine(1, spec.minimumFactor(), (double) completed / steps);
          case ONE_CYCLE -> oneCycle(steps, spec.minimumFactor());
        };
    return main.after(warmup);
  }

  /**
   * This schedule, delayed by a linear warm-up: the factor grows by equal amounts, from {@code 1 /
   * (warmupSteps + 1)} in the first step to 1 in the step after the last of the warm-up.
   */
  private Schedule after(long warmupSteps) {
    return completed ->
        completed < warmupSteps
            ? (completed + 1.0) / (warmupSteps + 1.0)
            : factor(completed - warmupSteps);
  }

  private static Schedule step(long interval, double decay) {
    return completed -> Math.pow(decay, (double) Math.floorDiv(completed, interval));
  }

  /**
   * One rise and one longer fall, both along half a cosine (Smith and Topin 2017,
   * https://arxiv.org/abs/1708.07120): PyTorch's defaults, which begin at 1/25 of the peak and
   * reach it after 30 % of the steps, but ending at {@code minimum}.
   */
  private static Schedule oneCycle(long steps, double minimum) {
    double start = 1.0 / 25;
    double peak = 0.3 * steps - 1;
    return completed ->
        completed <= peak
            ? cosine(start, 1, completed / peak)
            : cosine(1, minimum, (completed - peak) / (steps - 1 - peak));
  }

  /** Half a cosine from one value to another; {@code progress} past 1 stays there. */
  private static double cosine(double from, double to, double progress) {
    return to + (from - to) * (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
  }
}
