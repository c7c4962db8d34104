package dev.dl.benchmarks;

import java.util.List;

/**
 * What was measured of one engine.
 *
 * @param training samples per second in each turn
 * @param inference likewise
 */
record Measurement(
    EngineProcess.Description process, List<Double> training, List<Double> inference) {
  Measurement {
    training = List.copyOf(training);
    inference = List.copyOf(inference);
  }
}
