package dev.dl.core.cuda;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prepares a process for ND4J on certain devices; without effect once ND4J is loaded. */
public final class CudaSetup {
  static final String VISIBLE_DEVICES = "CUDA_VISIBLE_DEVICES";

  private static final String EXTENSION_PROPERTY = "org.bytedeco.javacpp.platform.extension";
  private static final Path LOADED = Path.of("/proc/self/maps");

  private CudaSetup() {}

  /**
   * Hides all other devices, as ND4J would spread the threads of a process over them, and has the
   * build of ND4J loaded that calls cuDNN.
   *
   * @param devices their indices among the visible ones; ND4J counts them from 0 in this order
   */
  public static void use(List<Integer> devices) {
    setEnvironment(
        VISIBLE_DEVICES,
        devices.stream()
            .map(device -> only(System.getenv(), device))
            .collect(Collectors.joining(",")));
    DriverLibrary.find().ifPresent(DriverLibrary::load); // may be where the loader does not look
    if (System.getProperty(EXTENSION_PROPERTY) == null) {
      System.setProperty(EXTENSION_PROPERTY, "-cudnn");
    }
  }

  /** What {@code CUDA_VISIBLE_DEVICES} has to be so that one of the visible devices remains. */
  static String only(Map<String, String> environment, int device) {
    String visible = environment.getOrDefault(VISIBLE_DEVICES, "");
    String[] names = visible.split(",", -1);
    return visible.isBlank() || device >= names.length
        ? Integer.toString(device)
        : names[device].strip();
  }

  /** For native libraries: Java's own view of the environment stays as it is. */
  private static void setEnvironment(String name, String value) {
    if (System.getProperty("os.name").startsWith("Windows")) {
      NativeLibrary.getInstance("kernel32")
          .getFunction("SetEnvironmentVariableA")
          .invokeInt(new Object[] {name, value});
    } else {
      NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {name, value, 1});
    }
  }

  /**
   * The version of the cuDNN that this process has loaded, {@code 8302}; 0 where the system does
   * not tell what is loaded.
   *
   * @throws UnsatisfiedLinkError if there is none
   */
  static long cudnnVersion() {
    if (!Files.isReadable(LOADED)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(LOADED)) {
      Optional<String> library =
          lines
              .filter(line -> line.contains("/libcudnn.so"))
              .map(line -> line.substring(line.indexOf('/')))
              .findFirst();
      return NativeLibrary.getInstance(
              library.orElseThrow(() -> new UnsatisfiedLinkError("ND4J loaded no libcudnn")))
          .getFunction("cudnnGetVersion")
          .invokeLong(new Object[0]);
    } catch (IOException unknown) {
      return 0;
    }
  }
}
