package dev.dl.benchmarks;

import dev.dl.core.backend.Machine;
import java.time.Duration;

/**
 * What one process measured.
 *
 * @param engine name and version of the libraries that did the work
 * @param parameters trained values of the network
 * @param peakMebibytes most resident memory of the process until the end of the training; -1 where
 *     the system does not tell
 * @param optimizerShare of the time of training; null where the engine cannot tell
 */
record Measurement(
    String engine,
    long parameters,
    Throughput training,
    Throughput inference,
    long peakMebibytes,
    Double optimizerShare) {
  /** Trains a prepared engine for two thirds of the time, then has it infer. */
  static Measurement of(Engine engine, int batchSize, Duration duration) {
    Duration inferenceTime = duration.dividedBy(3);
    Throughput training = Throughput.of(engine::step, batchSize, duration.minus(inferenceTime));
    long peak = Machine.peakResidentMebibytes();
    Throughput inference = Throughput.of(engine::infer, batchSize, inferenceTime);
    Double optimizerShare =
        engine.optimizerShare().isPresent() ? engine.optimizerShare().getAsDouble() : null;
    return new Measurement(
        engine.version(), engine.parameterCount(), training, inference, peak, optimizerShare);
  }
}
