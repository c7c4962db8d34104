package dev.dl.benchmarks;

import java.util.List;

/** What is measured of an engine. */
enum Phase {
  TRAINING("Training") {
    @Override
    List<Double> samplesPerSecond(Measurement measurement) {
      return measurement.training();
    }

    @Override
    long flops(Workload workload) {
      return workload.trainingFlops();
    }
  },
  INFERENCE("Inference") {
    @Override
    List<Double> samplesPerSecond(Measurement measurement) {
      return measurement.inference();
    }

    @Override
    long flops(Workload workload) {
      return workload.inferenceFlops();
    }
  };

  private final String title;

  Phase(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** In each turn. */
  abstract List<Double> samplesPerSecond(Measurement measurement);

  /** Floating-point operations of one sample. */
  abstract long flops(Workload workload);
}
