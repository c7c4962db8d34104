package dev.dl.core.cuda;

import dev.dl.core.run.JsonFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Findings of an earlier process, for as long as nothing that they depend on has changed.
 *
 * @param folder of the user, which need not exist
 */
record FindingsCache(Path folder) {
  /** To be raised when what is examined changes. */
  private static final int FORMAT = 1;

  private static final Path DEVICES = Path.of("/proc/driver/nvidia/gpus");
  private static final List<String> VARIABLES =
      List.of(CudaSetup.VISIBLE_DEVICES, "CUDA_DEVICE_ORDER", "LD_LIBRARY_PATH");

  /** What is stored: the findings, and what they were found under. */
  private record Entry(List<String> key, CudaFindings findings) {}

  /** In the user's folder of caches. */
  static FindingsCache standard() {
    return new FindingsCache(Path.of(System.getProperty("user.home"), ".cache/dl/cuda"));
  }

  /** The findings for a device that were stored under this key. */
  Optional<CudaFindings> find(Integer device, List<String> key) {
    try {
      Entry entry = JsonFile.read(file(device), Entry.class);
      return entry.key.equals(key) ? Optional.of(entry.findings) : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** Stores findings; a folder that cannot be written only costs the next process time. */
  void store(Integer device, List<String> key, CudaFindings findings) {
    try {
      Files.createDirectories(folder);
      Path written = Files.createTempFile(folder, "probe-", ".json");
      Files.write(written, JsonFile.bytes(new Entry(key, findings)));
      Files.move(
          written,
          file(device),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      // asked again next time
    }
  }

  private Path file(Integer device) {
    return folder.resolve(device == null ? "any.json" : "device-" + device + ".json");
  }

  /** Driver, devices, settings and jars, as far as they can be told without loading anything. */
  static List<String> key(
      DriverLibrary library, Optional<String> kernelModule, Map<String, String> environment) {
    Stream<String> told =
        Stream.of(
            "format " + FORMAT,
            "java " + System.getProperty("java.version"),
            "driver " + kernelModule.orElse("unknown"),
            library.file() == null ? library.name() : stamp(library.file()));
    Stream<String> settings =
        VARIABLES.stream().map(name -> name + "=" + environment.getOrDefault(name, ""));
    Stream<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(element -> element.getFileName().toString().matches(".*cuda.*\\.jar"))
            .map(FindingsCache::stamp)
            .sorted();
    return Stream.of(told, devices(), settings, jars).flatMap(each -> each).toList();
  }

  /** What the kernel's part of the driver says of each. */
  private static Stream<String> devices() {
    try (Stream<Path> devices = Files.list(DEVICES)) {
      return devices.sorted().map(FindingsCache::device).toList().stream();
    } catch (IOException untold) {
      return Stream.empty();
    }
  }

  private static String device(Path folder) {
    try {
      return Files.readString(folder.resolve("information"), StandardCharsets.ISO_8859_1);
    } catch (IOException untold) {
      return folder.toString();
    }
  }

  /** Name, size and time of a file, links followed: libraries carry their version in the name. */
  private static String stamp(Path file) {
    try {
      Path real = file.toRealPath();
      return "%s %d %s"
          .formatted(real.getFileName(), Files.size(real), Files.getLastModifiedTime(real));
    } catch (IOException unreadable) {
      return file.toString();
    }
  }
}
