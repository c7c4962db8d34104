package dev.dl.core.cuda;

import java.util.List;

/** The CUDA build of ND4J 1.0.0-M2.1: what it needs, and what it runs on. */
final class CudaBinaries {
  /** CUDA 11.6, as the driver counts versions. */
  static final int CUDA_VERSION = 11060;

  /**
   * The first branch of drivers that runs it, https://docs.nvidia.com/deploy/cuda-compatibility.
   */
  static final int DRIVER_BRANCH = 510;

  private static final String BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  /** Compute capabilities that machine code is there for; there is no PTX to compile from. */
  private static final List<Capability> CAPABILITIES =
      List.of(
          new Capability(3, 7),
          new Capability(5, 0),
          new Capability(5, 2),
          new Capability(6, 0),
          new Capability(6, 1),
          new Capability(7, 0),
          new Capability(7, 5),
          new Capability(8, 0),
          new Capability(8, 6));

  private record Capability(int major, int minor) {}

  private CudaBinaries() {}

  /** Whether they are on the class path. */
  static boolean present() {
    return CudaBinaries.class.getClassLoader().getResource(BACKEND) != null;
  }

  /** Whether a device has their instructions: code runs on later devices of its generation too. */
  static boolean runOn(CudaDevice device) {
    return CAPABILITIES.stream()
        .anyMatch(code -> code.major() == device.major() && code.minor() <= device.minor());
  }

  /** A version as the driver counts it, {@code 11060}, as people write it: {@code 11.6}. */
  static String version(int counted) {
    return counted / 1000 + "." + counted % 1000 / 10;
  }
}
