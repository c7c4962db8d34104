package dev.dl.core.backend;

import dev.dl.core.cuda.Cuda;
import dev.dl.core.cuda.CudaDevice;
import dev.dl.core.cuda.CudaFindings;
import dev.dl.core.cuda.CudaObstacle;
import dev.dl.core.cuda.CudaSetup;

/**
 * What the tensor math of this process runs on.
 *
 * @param name {@code cpu} or {@code cuda}
 * @param reason why it was taken
 * @param device the GPU; {@code null} for the CPU
 */
public record Backend(String name, String reason, CudaDevice device) {

  /** The CPU. */
  public static Backend cpu(String reason) {
    return new Backend("cpu", reason, null);
  }

  /**
   * Decides the backend and prepares its libraries. To be called before ND4J loads, once.
   *
   * @throws BackendUnavailableException if CUDA is asked for and cannot be used, or no library fits
   *     the processor
   */
  public static Backend select(BackendChoice choice) {
    Backend backend =
        choice.equals(BackendChoice.CPU)
            ? cpu("asked for")
            : decide(choice, Cuda.find(choice.device(), !choice.equals(BackendChoice.AUTO)));
    if (backend.device == null) {
      CpuFeatures cpu = CpuFeatures.detect();
      NativeLibraries.choose(cpu, NativeLibraries::isPresent).use();
      OpenBlas.choose(cpu);
      CpuOnlyClassLoader.install();
    } else {
      CudaSetup.use(backend.device.index());
    }
    return backend;
  }

  /** The decision between CUDA and, if that is not asked for, the CPU; it changes nothing. */
  static Backend decide(BackendChoice choice, CudaFindings cuda) {
    boolean auto = choice.equals(BackendChoice.AUTO);
    CudaObstacle obstacle = cuda.obstacle();
    if (obstacle == null) {
      CudaDevice device = cuda.usable().orElseThrow();
      return new Backend("cuda", auto ? "found, and computes correctly" : "asked for", device);
    }
    if (auto) {
      return cpu(obstacle.found());
    }
    throw new BackendUnavailableException(choice.name(), obstacle.found(), obstacle.remedy());
  }

  @Override
  public String toString() {
    return device == null ? name : device.toString();
  }
}
