package dev.dl.training.search;

import java.util.List;
import java.util.OptionalInt;

/**
 * How fast a training goes with batches of one size.
 *
 * @param samplesPerSecond by the median of the steps, waiting for samples included
 * @param memoryBytes for tensors, estimated
 */
public record BatchSpeed(int batchSize, double samplesPerSecond, long memoryBytes) {
  private static final double NEAR_THE_BEST = 0.95;

  /** The smallest batch that is within 5 % of the fastest; empty where nothing was measured. */
  public static OptionalInt recommended(List<BatchSpeed> speeds) {
    double best = speeds.stream().mapToDouble(BatchSpeed::samplesPerSecond).max().orElse(0);
    return speeds.stream()
        .filter(speed -> speed.samplesPerSecond >= NEAR_THE_BEST * best)
        .mapToInt(BatchSpeed::batchSize)
        .min();
  }
}
