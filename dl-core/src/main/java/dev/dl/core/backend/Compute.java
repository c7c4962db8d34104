package dev.dl.core.backend;

import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.NativeMemory;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.kernel.update.JavaUpdateKernels;
import dev.dl.core.kernel.update.Nd4jUpdateKernels;
import dev.dl.core.kernel.update.UpdateKernels;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The kernels of the selected backend.
 *
 * @param kernels that layers run on
 * @param updates that optimizers run on
 * @param threads that the CPU's kernels use
 */
public record Compute(Kernels kernels, UpdateKernels updates, int threads) {

  /** The kernels that belong to a backend, at their fastest; loads ND4J. */
  public static Compute on(Backend backend) {
    return on(backend, ConvolutionRule.LEAST_COST);
  }

  /** As {@link #on(Backend)}, with the rule by which a run's convolutions were chosen before. */
  public static Compute on(Backend backend, ConvolutionRule convolutions) {
    int threads = configuredThreads();
    if (backend.name().equals("cuda")) {
      return new Compute(new Nd4jKernels(DataType.FLOAT), new Nd4jUpdateKernels(), threads);
    }
    NativeMemory.enforceLimit();
    Parallel parallel = Parallel.onOpenMp(threads);
    return new Compute(
        new OneDnnKernels(parallel, convolutions), new JavaUpdateKernels(parallel), threads);
  }

  /** OpenMP's own setting, so that every library uses as many. */
  private static int configuredThreads() {
    String setting = System.getenv("OMP_NUM_THREADS");
    return setting != null && setting.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(setting)
        : Runtime.getRuntime().availableProcessors();
  }
}
