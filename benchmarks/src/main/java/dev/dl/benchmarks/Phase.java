package dev.dl.benchmarks;

/** What is measured of an engine. */
enum Phase {
  TRAINING("Training") {
    @Override
    double samplesPerSecond(Measurement measurement) {
      return measurement.training().samplesPerSecond();
    }

    @Override
    long flops(Workload workload) {
      return workload.trainingFlops();
    }
  },
  INFERENCE("Inference") {
    @Override
    double samplesPerSecond(Measurement measurement) {
      return measurement.inference().samplesPerSecond();
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

  abstract double samplesPerSecond(Measurement measurement);

  /** Floating-point operations of one sample. */
  abstract long flops(Workload workload);
}
