package dev.dl.training.benchmark;

import java.util.List;
import java.util.Map;

/**
 * What a benchmark measured.
 *
 * @param input shape of one sample
 * @param trainingSamplesPerSecond median of the measured steps
 * @param predictionSamplesPerSecond likewise, forward passes alone
 * @param stepMilliseconds mean time of a training step by part: data, forward, loss, backward,
 *     graph (what is between the operations), optimizer
 * @param layers time by type of layer, longest first
 * @param operations every operation of a step in the order of running
 * @param gigaflops floating-point operations of the matrix products of training, per second
 * @param peakGigaflops of a large matrix product on this machine
 * @param peakMebibytes largest resident memory of the process so far; -1 where unknown
 */
public record BenchmarkResult(
    String model,
    String input,
    int batchSize,
    int threads,
    long parameters,
    double trainingSamplesPerSecond,
    double predictionSamplesPerSecond,
    Map<String, Double> stepMilliseconds,
    List<LayerTime> layers,
    List<OperationTime> operations,
    double gigaflops,
    double peakGigaflops,
    long peakMebibytes) {

  /**
   * All layers of one type.
   *
   * @param share of the step, 0 to 1
   * @param gigaflops of their matrix products per second; 0 for layers without any
   */
  public record LayerTime(String layer, int count, double share, double gigaflops) {}

  /**
   * One operation.
   *
   * @param part forward, loss or backward
   */
  public record OperationTime(String part, String node, String layer, double milliseconds) {}

  /** Share of the machine's peak that training reaches, 0 to 1. */
  public double shareOfPeak() {
    return gigaflops / peakGigaflops;
  }
}
