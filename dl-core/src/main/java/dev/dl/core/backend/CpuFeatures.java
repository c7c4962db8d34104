package dev.dl.core.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The processor, as Linux describes it; elsewhere, where nothing tells, the least is assumed.
 *
 * @param vendor its maker, {@code GenuineIntel}; empty if nothing tells
 * @param model the name its maker gave it
 * @param cores physical cores
 * @param avx2 whether it has 256-bit integer and float vectors
 * @param avx512 whether it has the foundation of 512-bit vectors
 */
public record CpuFeatures(String vendor, String model, int cores, boolean avx2, boolean avx512) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** The processor of this machine. */
  public static CpuFeatures detect() {
    try {
      return parse(Files.readAllLines(CPUINFO));
    } catch (IOException unreadable) {
      return parse(List.of());
    }
  }

  /** Reads the lines of {@code /proc/cpuinfo}. */
  static CpuFeatures parse(List<String> cpuinfo) {
    Map<String, String> first = new HashMap<>();
    Set<String> cores = new HashSet<>();
    String socket = "";
    for (String line : cpuinfo) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String key = line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      first.putIfAbsent(key, value);
      if (key.equals("physical id")) {
        socket = value;
      } else if (key.equals("core id")) {
        cores.add(socket + "/" + value);
      }
    }
    Set<String> flags = new HashSet<>(List.of(first.getOrDefault("flags", "").split(" ")));
    return new CpuFeatures(
        first.getOrDefault("vendor_id", ""),
        first.getOrDefault("model name", "unknown"),
        cores.isEmpty() ? Runtime.getRuntime().availableProcessors() : cores.size(),
        flags.contains("avx2"),
        flags.contains("avx512f"));
  }
}
