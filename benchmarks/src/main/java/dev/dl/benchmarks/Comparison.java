package dev.dl.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Engines measured on one workload, in turns.
 *
 * @param peakGflops of the machine in each turn, those of training first
 * @param engines what was measured of each, by name, in the order of their turns
 */
record Comparison(Workload workload, List<Double> peakGflops, Map<String, Measurement> engines) {
  private static final String PEER = "libtorch";

  /** Samples per second of an engine over its turns. */
  Samples throughput(Phase phase, String engine) {
    return Samples.of(phase.samplesPerSecond(engines.get(engine)));
  }

  /** What the others are compared with: libtorch at its best, otherwise the first engine. */
  String reference(Phase phase) {
    return engines.keySet().stream()
        .filter(engine -> engine.startsWith(PEER))
        .max(Comparator.comparingDouble(engine -> throughput(phase, engine).median()))
        .orElseGet(() -> engines.keySet().iterator().next());
  }

  /** Throughput over that of the reference in the same turn, as a machine drifts. */
  Samples ratio(Phase phase, String engine) {
    List<Double> reference = phase.samplesPerSecond(engines.get(reference(phase)));
    return quotients(phase.samplesPerSecond(engines.get(engine)), reference);
  }

  /** Operations done per second, in units of 10^9. */
  double gflops(Phase phase, String engine) {
    return throughput(phase, engine).median() * phase.flops(workload) / 1e9;
  }

  /** Operations per second over the machine's peak in the same turn. */
  Samples shareOfPeak(Phase phase, String engine) {
    List<Double> samplesPerSecond = phase.samplesPerSecond(engines.get(engine));
    int turns = samplesPerSecond.size();
    int first = phase == Phase.TRAINING ? 0 : turns;
    List<Double> attainable =
        peakGflops.subList(first, first + turns).stream()
            .map(peak -> peak * 1e9 / phase.flops(workload))
            .toList();
    return quotients(samplesPerSecond, attainable);
  }

  private static Samples quotients(List<Double> dividends, List<Double> divisors) {
    return Samples.of(
        IntStream.range(0, divisors.size())
            .mapToObj(turn -> dividends.get(turn) / divisors.get(turn))
            .toList());
  }
}
