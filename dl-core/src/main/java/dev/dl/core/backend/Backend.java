package dev.dl.core.backend;

import dev.dl.core.cuda.Cuda;
import dev.dl.core.cuda.CudaDevice;
import dev.dl.core.cuda.CudaFindings;
import dev.dl.core.cuda.CudaObstacle;
import dev.dl.core.cuda.CudaSetup;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the tensor math of this process runs on.
 *
 * @param name {@code cpu} or {@code cuda}
 * @param reason why it was taken
 * @param gpus the devices; none for the CPU
 * @param workers that share each batch of a training: as many as GPUs, or parts of the CPU
 */
public record Backend(String name, String reason, List<CudaDevice> gpus, int workers) {

  public Backend {
    gpus = List.copyOf(gpus);
  }

  /** The CPU. */
  public static Backend cpu(String reason) {
    return cpu(reason, 1);
  }

  /** The CPU, whose threads are divided among workers. */
  public static Backend cpu(String reason, int workers) {
    return new Backend("cpu", reason, List.of(), workers);
  }

  /**
   * Decides the backend and prepares its libraries. To be called before ND4J loads, once.
   *
   * @throws BackendUnavailableException if CUDA is asked for and cannot be used, or no library fits
   *     the processor
   */
  public static Backend select(BackendChoice choice) {
    Backend backend =
        choice.isCpu()
            ? cpu("asked for", Math.max(1, choice.devices().size()))
            : decide(choice, find(choice));
    if (backend.isCuda()) {
      CudaSetup.use(backend.gpus.stream().map(CudaDevice::index).toList());
    } else {
      CpuFeatures cpu = CpuFeatures.detect();
      NativeLibraries.choose(cpu, NativeLibraries::isPresent).use();
      OpenBlas.choose(cpu);
      CpuOnlyClassLoader.install();
    }
    return backend;
  }

  private static List<CudaFindings> find(BackendChoice choice) {
    boolean again = !choice.equals(BackendChoice.AUTO);
    List<Integer> devices =
        choice.devices().isEmpty() ? Collections.singletonList(null) : choice.devices();
    return devices.stream().map(device -> Cuda.find(device, again)).toList();
  }

  /**
   * The decision between CUDA and, if that is not asked for, the CPU; it changes nothing.
   *
   * @param found for each device that is asked for, or for any
   */
  static Backend decide(BackendChoice choice, List<CudaFindings> found) {
    boolean auto = choice.equals(BackendChoice.AUTO);
    for (CudaFindings each : found) {
      CudaObstacle obstacle = each.obstacle();
      if (obstacle != null && auto) {
        return cpu(obstacle.found());
      }
      if (obstacle != null) {
        throw new BackendUnavailableException(choice.name(), obstacle.found(), obstacle.remedy());
      }
    }
    List<CudaDevice> gpus = found.stream().map(each -> each.usable().orElseThrow()).toList();
    String reason = auto ? "found, and computes correctly" : "asked for";
    return new Backend("cuda", reason, gpus, gpus.size());
  }

  /** Whether this is one GPU or more. */
  public boolean isCuda() {
    return !gpus.isEmpty();
  }

  /** The GPUs in words; {@code null} for the CPU. */
  public String devices() {
    return isCuda()
        ? gpus.stream().map(CudaDevice::toString).collect(Collectors.joining("; "))
        : null;
  }

  /** One of the workers, as a user knows it. */
  public String worker(int number) {
    return isCuda() ? gpus.get(number).toString() : "cpu:" + number;
  }

  @Override
  public String toString() {
    String parts = workers > 1 ? name + ", " + workers + " workers" : name;
    return isCuda() ? devices() : parts;
  }
}
