package dev.dl.core.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What there is of CUDA, found without loading any of it.
 *
 * @param driver version of the NVIDIA kernel driver, such as {@code 510.47.03}; {@code null} if
 *     there is none
 * @param built whether ND4J's CUDA backend is on the class path
 */
public record Cuda(String driver, boolean built) {
  /**
   * The first driver branch that runs CUDA 11.6, https://docs.nvidia.com/deploy/cuda-compatibility.
   */
  private static final int MINIMUM_DRIVER = 510;

  private static final Path DRIVER_VERSION = Path.of("/proc/driver/nvidia/version");
  private static final Pattern VERSION = Pattern.compile("\\b([0-9]{3}\\.[0-9.]+)\\b");

  /** Looks at this machine and this build. */
  public static Cuda detect() {
    boolean built =
        Cuda.class.getClassLoader().getResource("org/nd4j/linalg/jcublas/JCublasBackend.class")
            != null;
    try {
      return new Cuda(parseDriver(Files.readString(DRIVER_VERSION)), built);
    } catch (IOException absent) {
      return new Cuda(null, built);
    }
  }

  /** The version in the text of {@code /proc/driver/nvidia/version}; {@code null} if none. */
  static String parseDriver(String text) {
    Matcher version = VERSION.matcher(text);
    return version.find() ? version.group(1) : null;
  }

  /** Why CUDA cannot be used; empty if nothing speaks against it. */
  public Optional<String> obstacle() {
    if (driver == null) {
      return Optional.of("no NVIDIA driver found" + (built ? "" : ", and this build has no CUDA"));
    }
    if (driverBranch() < MINIMUM_DRIVER) {
      return Optional.of(
          "NVIDIA driver " + driver + " found, CUDA 11.6 needs " + MINIMUM_DRIVER + " or newer");
    }
    return built ? Optional.empty() : Optional.of("this build has no CUDA");
  }

  /** What to do about the obstacle. */
  String remedy() {
    if (driver == null || driverBranch() < MINIMUM_DRIVER) {
      return "install an NVIDIA driver, " + MINIMUM_DRIVER + " or newer, or use --backend cpu";
    }
    return "build with DL_BUILD_OPTIONS=-Pcuda ./dl doctor, or use --backend cpu";
  }

  private int driverBranch() {
    return Integer.parseInt(driver.substring(0, driver.indexOf('.')));
  }
}
