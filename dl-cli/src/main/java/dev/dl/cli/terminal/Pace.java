package dev.dl.cli.terminal;

import dev.dl.training.loop.EpochResult;
import dev.dl.training.loop.StepResult;
import java.time.Duration;

/** How a running epoch goes so far, and how long the rest of the run will take at this pace. */
final class Pace {
  /** Weight of the newest step in the smoothed speed. */
  private static final double NEWEST = 0.05;

  private final int epochs;
  private long samples;
  private double lossSum;
  private double rightSum;
  private double stepSeconds;
  private double waitSeconds;
  private double samplesPerStep;
  private double trainingSeconds;
  private double evaluationSeconds;
  private long steps;

  Pace(int epochs) {
    this.epochs = epochs;
  }

  void add(StepResult step) {
    double seconds = seconds(step.duration());
    // The first step also creates kernels and warms caches: it says little about the next.
    double weight = ++steps <= 2 ? 1 : NEWEST;
    stepSeconds += weight * (seconds - stepSeconds);
    waitSeconds += weight * (seconds(step.dataWait()) - waitSeconds);
    samplesPerStep += weight * (step.samples() - samplesPerStep);
    samples += step.samples();
    lossSum += step.loss() * step.samples();
    rightSum += step.accuracy() * step.samples();
    trainingSeconds += seconds;
  }

  void add(EpochResult epoch) {
    evaluationSeconds = Math.max(0, seconds(epoch.duration()) - trainingSeconds);
    samples = 0;
    lossSum = 0;
    rightSum = 0;
    trainingSeconds = 0;
  }

  /** Mean loss over the samples of the epoch so far. */
  double loss() {
    return lossSum / samples;
  }

  /** Share of the samples of the epoch so far that were classified right. */
  double accuracy() {
    return rightSum / samples;
  }

  double samplesPerSecond() {
    return stepSeconds > 0 ? samplesPerStep / stepSeconds : 0;
  }

  /** Share of the time spent waiting for samples. */
  double waitShare() {
    return stepSeconds > 0 ? waitSeconds / stepSeconds : 0;
  }

  /** Until the end of the run, its evaluations included once one was seen. */
  Duration left(StepResult step) {
    int epochsAfter = Math.max(0, epochs - step.epoch());
    long stepsLeft =
        (long) epochsAfter * step.stepsPerEpoch() + step.stepsPerEpoch() - step.stepInEpoch();
    double seconds = stepsLeft * stepSeconds + (epochsAfter + 1) * evaluationSeconds;
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
