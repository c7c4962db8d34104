package dev.dl.training.selftest;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.BackendChoice;
import dev.dl.core.backend.Compute;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.update.Nd4jUpdateKernels;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** One of the two implementations that are compared. */
enum Side {
  /** The GPU: ND4J's operations on CUDA. */
  CUDA,
  /** The CPU's own kernels. */
  CPU,
  /** ND4J's operations on the CPU. */
  OPERATIONS;

  /** Prepares this process for it; loads ND4J. */
  Compute compute() {
    if (this == CUDA) {
      return Compute.on(Backend.select(BackendChoice.CUDA));
    }
    Compute own = Compute.on(Backend.select(BackendChoice.CPU));
    return this == CPU
        ? own
        : new Compute(
            new Nd4jKernels(DataType.FLOAT), new Nd4jUpdateKernels(), own.threads(), List.of());
  }
}
