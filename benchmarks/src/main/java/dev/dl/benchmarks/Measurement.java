package dev.dl.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process measured.
 *
 * @param imagesPerSecond in training, median of the blocks
 * @param blocks images per second of each block, in order: a trend shows drift
 * @param parameters trained values of the network
 */
record Measurement(double imagesPerSecond, List<Double> blocks, long parameters) {
  private static final int BLOCKS = 10;
  private static final int MINIMUM_BLOCKS = 3;
  private static final int MINIMUM_WARMUP_STEPS = 2;

  /** Warms a prepared engine up for a third of the time, then measures blocks of whole steps. */
  static Measurement of(Engine engine, int batchSize, Duration duration) {
    long warmupEnd = System.nanoTime() + duration.toNanos() / 3;
    for (int steps = 0; steps < MINIMUM_WARMUP_STEPS || System.nanoTime() < warmupEnd; steps++) {
      engine.step();
    }
    long blockNanos = duration.toNanos() * 2 / 3 / BLOCKS;
    long end = System.nanoTime() + BLOCKS * blockNanos;
    List<Double> blocks = new ArrayList<>();
    while (blocks.size() < MINIMUM_BLOCKS || System.nanoTime() < end) {
      blocks.add(block(engine, batchSize, blockNanos));
    }
    return new Measurement(Samples.of(blocks).median(), blocks, engine.parameterCount());
  }

  private static double block(Engine engine, int batchSize, long nanos) {
    long start = System.nanoTime();
    long elapsed;
    int steps = 0;
    do {
      engine.step();
      steps++;
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return steps * batchSize * 1e9 / elapsed;
  }
}
