package dev.dl.core.cuda;

import com.sun.jna.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The library of NVIDIA's driver, found without loading it.
 *
 * @param name by which the system's loader finds it
 * @param file where it is; {@code null} if only the loader knows
 */
record DriverLibrary(String name, Path file) {
  private static final String LINUX = "libcuda.so.1";
  private static final String WINDOWS = "nvcuda.dll";
  private static final Path LOADER_CACHE = Path.of("/etc/ld.so.cache");
  private static final Path KERNEL_MODULE = Path.of("/proc/driver/nvidia/version");
  private static final Pattern VERSION = Pattern.compile("\\b([0-9]{3}\\.[0-9.]+)\\b");

  /** Beside those of the loader: where containers, the Windows subsystem and NixOS have it. */
  private static final List<String> FOLDERS =
      List.of(
          "/usr/local/nvidia/lib64",
          "/usr/local/nvidia/lib",
          "/usr/lib/x86_64-linux-gnu",
          "/usr/lib64",
          "/usr/lib",
          "/usr/lib/wsl/lib",
          "/run/opengl-driver/lib",
          "/usr/local/cuda/compat");

  /** Looks where drivers put it. */
  static Optional<DriverLibrary> find() {
    return System.getProperty("os.name").startsWith("Windows")
        ? find(
            WINDOWS,
            List.of(System.getenv().getOrDefault("SystemRoot", "C:\\Windows") + "\\System32"),
            null)
        : find(LINUX, folders(System.getenv()), LOADER_CACHE);
  }

  /** The folders that are looked through: first those that the user names. */
  static List<String> folders(Map<String, String> environment) {
    List<String> folders = new ArrayList<>();
    for (String folder :
        environment.getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator, -1)) {
      if (!folder.isBlank()) {
        folders.add(folder);
      }
    }
    folders.addAll(FOLDERS);
    return folders;
  }

  /**
   * The library of a name in one of the folders, or else known to the loader.
   *
   * @param loaderCache the loader's list of libraries; {@code null} if there is none
   */
  static Optional<DriverLibrary> find(String name, List<String> folders, Path loaderCache) {
    for (String folder : folders) {
      Path file = Path.of(folder, name);
      if (Files.exists(file)) {
        return Optional.of(new DriverLibrary(name, file));
      }
    }
    return loaderCache != null && lists(loaderCache, name)
        ? Optional.of(new DriverLibrary(name, null))
        : Optional.empty();
  }

  private static boolean lists(Path loaderCache, String name) {
    try {
      return Files.readString(loaderCache, StandardCharsets.ISO_8859_1).contains(name);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Loads it into this process; what asks for it by name from then on gets this one. */
  NativeLibrary load() {
    return NativeLibrary.getInstance(file == null ? name : file.toString());
  }

  /** The version of the kernel's part of the driver, {@code 510.47.03}; containers may hide it. */
  static Optional<String> kernelModule() {
    try {
      return version(Files.readString(KERNEL_MODULE));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** The version in the text of {@code /proc/driver/nvidia/version}. */
  static Optional<String> version(String text) {
    Matcher version = VERSION.matcher(text);
    return version.find() ? Optional.of(version.group(1)) : Optional.empty();
  }
}
