package dev.dl.core.backend;

import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.NativeMemory;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.kernel.update.Nd4jUpdateKernels;
import dev.dl.core.kernel.update.UpdateKernels;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernels of the selected backend.
 *
 * @param kernels that layers run on
 * @param updates that optimizers run on
 * @param threads that the CPU's kernels use
 * @param workers the other devices that share the batches of a training
 */
public record Compute(Kernels kernels, UpdateKernels updates, int threads, List<Worker> workers) {
  /**
   * A system property: {@code nd4j} computes with ND4J's operations on the CPU too, so that what a
   * GPU would run can be tried anywhere.
   */
  public static final String KERNELS_PROPERTY = "dl.kernels";

  private static final Logger LOG = LoggerFactory.getLogger(Compute.class);

  /** The kernels that belong to a backend, at their fastest, on its first device; loads ND4J. */
  public static Compute on(Backend backend) {
    return on(backend, ConvolutionRule.CURRENT, configuredThreads());
  }

  /**
   * All devices of a backend, for a training.
   *
   * @param convolutions by which the run chooses their algorithms
   */
  public static Compute forTraining(Backend backend, ConvolutionRule convolutions) {
    int threads = Math.max(1, configuredThreads() / backend.workers());
    Compute first = attached(0, backend, convolutions, threads);
    List<Worker> workers =
        IntStream.range(1, backend.workers())
            .mapToObj(
                number ->
                    Worker.start(
                        number,
                        backend.worker(number),
                        () -> attached(number, backend, convolutions, threads).kernels))
            .toList();
    return new Compute(first.kernels, first.updates, threads, workers);
  }

  /** One device of several, for the calling thread, which belongs to it from now on. */
  private static Compute attached(
      int number, Backend backend, ConvolutionRule convolutions, int threads) {
    if (backend.gpus().size() > 1) {
      Nd4j.getAffinityManager().unsafeSetDevice(number);
    }
    return on(backend, convolutions, threads);
  }

  private static Compute on(Backend backend, ConvolutionRule convolutions, int threads) {
    if (backend.isCuda() || nd4jAskedFor() || !oneDnnLoads()) {
      return new Compute(
          new Nd4jKernels(DataType.FLOAT), new Nd4jUpdateKernels(), threads, List.of());
    }
    NativeMemory.enforceLimit();
    Parallel parallel = Parallel.onOpenMp(threads);
    return new Compute(
        new OneDnnKernels(parallel, convolutions),
        UpdateKernels.onHost(parallel),
        threads,
        List.of());
  }

  private static boolean nd4jAskedFor() {
    return System.getProperty(KERNELS_PROPERTY, "").equals("nd4j");
  }

  private static boolean oneDnnLoads() {
    try {
      Loader.load(dnnl.class);
      return true;
    } catch (LinkageError missing) {
      LOG.warn(
          "oneDNN cannot be loaded, and ND4J's operations compute, many times slower; "
              + "./dl doctor may say more ({})",
          missing.getMessage());
      return false;
    }
  }

  /** OpenMP's own setting, so that every library uses as many. */
  private static int configuredThreads() {
    String setting = System.getenv("OMP_NUM_THREADS");
    return setting != null && setting.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(setting)
        : Runtime.getRuntime().availableProcessors();
  }
}
