package dev.dl.training.selftest;

import dev.dl.training.benchmark.ModelSpeed;
import java.util.List;
import java.util.Map;

/**
 * What one side did.
 *
 * @param kernels that ran
 * @param environment what ND4J says of its backend and devices, at the end
 * @param losses of the short training, step by step
 * @param speeds of models by name; empty where they are not measured
 * @param memory at its most and over the training
 */
public record SideReport(
    String kernels,
    Map<String, String> environment,
    List<Float> losses,
    Map<String, ModelSpeed> speeds,
    Memory memory) {

  /**
   * Resident memory of the process.
   *
   * @param warmMebibytes after the first steps of the training
   * @param endMebibytes after its last
   * @param peakMebibytes at its most
   */
  public record Memory(long warmMebibytes, long endMebibytes, long peakMebibytes) {}
}
