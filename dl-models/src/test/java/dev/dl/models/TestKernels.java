package dev.dl.models;

import dev.dl.core.backend.Compute;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import org.nd4j.linalg.api.buffer.DataType;

/** What networks of tests run on: oneDNN, or ND4J's operations with {@code -Ddl.kernels=nd4j}. */
public final class TestKernels {
  private static final Parallel PARALLEL = Parallel.onOpenMp(2);

  private TestKernels() {}

  /** Kernels of single precision, with nothing remembered from other networks. */
  public static Kernels create() {
    return System.getProperty(Compute.KERNELS_PROPERTY, "").equals("nd4j")
        ? new Nd4jKernels(DataType.FLOAT)
        : new OneDnnKernels(PARALLEL);
  }
}
