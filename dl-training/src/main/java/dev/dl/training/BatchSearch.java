package dev.dl.training;

import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.Prefetcher;
import dev.dl.core.data.Samples;
import dev.dl.core.data.Split;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.OutOfNativeMemoryError;
import dev.dl.training.loop.Learner;
import dev.dl.training.memory.MemoryDemand;
import dev.dl.training.memory.MemoryEstimate;
import dev.dl.training.memory.MemoryLimit;
import dev.dl.training.memory.MemoryProbe;
import dev.dl.training.search.BatchSpeed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tries batch sizes on the training of a spec, each twice the one before, with learning rates so
 * small that the weights stay where they are. Nothing is written.
 */
public final class BatchSearch {
  private static final int SMALLEST = 8;
  private static final int MINIMUM_STEPS = 3;
  private static final double HARDLY_ANYTHING = 1e-9;

  private final Setup setup;
  private final Samples samples;
  private final Learner learner;
  private final long seed;
  private long steps;

  /**
   * How far to go.
   *
   * @param largest batch
   * @param duration of the measuring of each
   */
  public record Limits(int largest, Duration duration) {}

  /**
   * What was found.
   *
   * @param speeds by size
   * @param end why it stopped at the last of them
   */
  public record Result(List<BatchSpeed> speeds, String end) {

    public Result {
      speeds = List.copyOf(speeds);
    }
  }

  private BatchSearch(TrainingRun.Start start) throws IOException {
    this.setup = Setup.of(start, ConvolutionRule.CURRENT, false);
    this.samples = setup.seen().get(Split.TRAIN);
    this.learner = setup.learner((completed, plateaus) -> HARDLY_ANYTHING);
    this.seed = start.spec().seed();
  }

  /**
   * Measures until memory, the samples or the limits are at an end.
   *
   * @param measured told of each size
   */
  public static Result of(TrainingRun.Start start, Limits limits, Consumer<BatchSpeed> measured)
      throws IOException {
    return new BatchSearch(start).measure(limits, measured);
  }

  private Result measure(Limits limits, Consumer<BatchSpeed> measured) {
    List<BatchSpeed> speeds = new ArrayList<>();
    int largest = Math.min(limits.largest, samples.size());
    for (int size = Math.min(SMALLEST, largest); size <= largest; size *= 2) {
      Optional<BatchSpeed> speed = speed(size, limits.duration);
      if (speed.isEmpty()) {
        return new Result(speeds, "batches of %,d do not fit into memory".formatted(size));
      }
      speeds.add(speed.get());
      measured.accept(speed.get());
    }
    return new Result(
        speeds,
        largest < limits.largest
            ? "there are %,d samples".formatted(largest)
            : "asked for no more than %,d".formatted(largest));
  }

  /** Empty if there is too little memory. */
  private Optional<BatchSpeed> speed(int size, Duration duration) {
    Batches batches = new Batches(samples, size);
    try {
      setup.trained().releaseMemory();
      learner.setMicroBatchSize(size);
      MemoryDemand demand =
          MemoryProbe.demand(setup.trained(), learner, batches.first(seed), size, size);
      MemoryEstimate estimate = demand.at(size);
      if (MemoryLimit.exceeds(estimate)) {
        return Optional.empty();
      }
      double seconds = median(stepSeconds(batches, duration));
      return learner.microBatchSize() < size // it ran out after all
          ? Optional.empty()
          : Optional.of(new BatchSpeed(size, size / seconds, estimate.total()));
    } catch (OutOfNativeMemoryError tooMuch) {
      return Optional.empty();
    }
  }

  /** Of whole batches, as many as fit into the time, after a warm-up of half of it. */
  private List<Double> stepSeconds(Batches batches, Duration duration) {
    List<Double> seconds = new ArrayList<>();
    long warm = System.nanoTime() + duration.toNanos() / 2;
    long end = warm + duration.toNanos();
    int taken = 0;
    for (int epoch = 1; ; epoch++) {
      try (Prefetcher prefetcher = batches.shuffled(seed, epoch, 0)) {
        long before = System.nanoTime();
        while (prefetcher.hasNext()) {
          int size = step(prefetcher);
          long now = System.nanoTime();
          if (now >= warm && taken > 0 && size == batches.batchSize()) {
            seconds.add((now - before) / 1e9);
          }
          before = now;
          taken++;
          if (seconds.size() >= MINIMUM_STEPS && now >= end) {
            return seconds;
          }
        }
      }
    }
  }

  private int step(Prefetcher prefetcher) {
    Batch batch = prefetcher.next();
    learner.step(batch, steps++);
    return batch.size();
  }

  private static double median(List<Double> seconds) {
    List<Double> sorted = seconds.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
