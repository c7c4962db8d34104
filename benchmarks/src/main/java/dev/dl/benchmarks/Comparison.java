package dev.dl.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Engines measured on one workload, in turns.
 *
 * @param peakGflops of the machine in each round
 * @param rounds of each engine, by name, in the order of their turns
 */
record Comparison(
    Workload workload, List<Double> peakGflops, Map<String, List<Measurement>> rounds) {
  private static final String PEER = "libtorch";

  /** Samples per second of an engine over its rounds. */
  Samples throughput(Phase phase, String engine) {
    return Samples.of(rounds.get(engine).stream().map(phase::samplesPerSecond).toList());
  }

  /** What the others are compared with: libtorch at its best, otherwise the first engine. */
  String reference(Phase phase) {
    return rounds.keySet().stream()
        .filter(engine -> engine.startsWith(PEER))
        .max(Comparator.comparingDouble(engine -> throughput(phase, engine).median()))
        .orElseGet(() -> rounds.keySet().iterator().next());
  }

  /** Throughput over that of the reference in the same round, as a machine drifts. */
  Samples ratio(Phase phase, String engine) {
    List<Measurement> reference = rounds.get(reference(phase));
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < reference.size(); round++) {
      ratios.add(
          phase.samplesPerSecond(rounds.get(engine).get(round))
              / phase.samplesPerSecond(reference.get(round)));
    }
    return Samples.of(ratios);
  }

  /** Operations done per second, in units of 10^9. */
  double gflops(Phase phase, String engine) {
    return throughput(phase, engine).median() * phase.flops(workload) / 1e9;
  }

  /** Operations per second over the machine's peak in the same round. */
  Samples shareOfPeak(Phase phase, String engine) {
    List<Double> shares = new ArrayList<>();
    for (int round = 0; round < peakGflops.size(); round++) {
      double samples = phase.samplesPerSecond(rounds.get(engine).get(round));
      shares.add(samples * phase.flops(workload) / 1e9 / peakGflops.get(round));
    }
    return Samples.of(shares);
  }

  /** Peak resident memory in training. */
  Samples mebibytes(String engine) {
    return Samples.of(
        rounds.get(engine).stream()
            .map(measurement -> (double) measurement.peakMebibytes())
            .toList());
  }

  /** Median share of the time of training, of an engine that can tell. */
  OptionalDouble optimizerShare(String engine) {
    List<Double> shares =
        rounds.get(engine).stream()
            .map(Measurement::optimizerShare)
            .filter(Objects::nonNull)
            .toList();
    return shares.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Samples.of(shares).median());
  }
}
