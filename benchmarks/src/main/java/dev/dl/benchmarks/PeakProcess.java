package dev.dl.benchmarks;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.BackendChoice;
import dev.dl.core.backend.Machine;

/** Measures what the machine can do at most; answers whatever it is asked with GFLOP/s. */
final class PeakProcess {
  private PeakProcess() {}

  public static void main(String[] arguments) {
    Backend.select(BackendChoice.CPU);
    JavaProcess.answer(question -> Double.toString(Machine.peakGigaflops()));
  }
}
