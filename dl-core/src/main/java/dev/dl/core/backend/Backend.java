package dev.dl.core.backend;

import java.util.Optional;

/**
 * What the tensor math of this process runs on.
 *
 * @param name {@code cpu} or {@code cuda}
 * @param reason why it was taken
 */
public record Backend(String name, String reason) {

  /**
   * Decides the backend and prepares its libraries. To be called before ND4J loads, once.
   *
   * @throws BackendUnavailableException if CUDA is asked for and cannot be used, or no library fits
   *     the processor
   */
  public static Backend select(BackendChoice choice) {
    Backend backend = decide(choice, Cuda.detect());
    if (backend.name.equals("cpu")) {
      NativeLibraries.choose(CpuFeatures.detect(), NativeLibraries::isPresent).use();
      CpuOnlyClassLoader.install();
    } else {
      NativeLibraries.useCuda();
    }
    return backend;
  }

  /** The decision itself, which changes nothing. */
  static Backend decide(BackendChoice choice, Cuda cuda) {
    Optional<String> obstacle = cuda.obstacle();
    return switch (choice) {
      case CPU -> new Backend("cpu", "asked for");
      case AUTO ->
          obstacle
              .map(reason -> new Backend("cpu", reason))
              .orElseGet(() -> new Backend("cuda", "NVIDIA driver " + cuda.driver() + " found"));
      case CUDA -> {
        if (obstacle.isPresent()) {
          throw new BackendUnavailableException("cuda", obstacle.get(), cuda.remedy());
        }
        yield new Backend("cuda", "asked for");
      }
    };
  }
}
