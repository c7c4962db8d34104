package dev.dl.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast something went.
 *
 * @param samplesPerSecond median of the blocks
 * @param blocks samples per second of each block, in order: a trend shows drift
 */
record Throughput(double samplesPerSecond, List<Double> blocks) {
  private static final int BLOCKS = 10;
  private static final int MINIMUM_BLOCKS = 3;

  Throughput {
    blocks = List.copyOf(blocks);
  }

  /**
   * Warms a step up for a third of the time, then measures blocks of whole steps. Slow steps are
   * taken once and three times whatever the time.
   */
  static Throughput of(Runnable step, int batchSize, Duration duration) {
    long warmupEnd = System.nanoTime() + duration.toNanos() / 3;
    do {
      step.run();
    } while (System.nanoTime() < warmupEnd);
    long blockNanos = duration.toNanos() * 2 / 3 / BLOCKS;
    long end = System.nanoTime() + BLOCKS * blockNanos;
    List<Double> blocks = new ArrayList<>();
    while (blocks.size() < MINIMUM_BLOCKS || System.nanoTime() < end) {
      blocks.add(block(step, batchSize, blockNanos));
    }
    return new Throughput(Samples.of(blocks).median(), blocks);
  }

  private static double block(Runnable step, int batchSize, long nanos) {
    long start = System.nanoTime();
    long elapsed;
    int steps = 0;
    do {
      step.run();
      steps++;
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return steps * batchSize * 1e9 / elapsed;
  }
}
