package dev.dl.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the figures were measured on; what Linux does not say is "unknown".
 *
 * @param processor model
 * @param cores that this process may use
 * @param caches sizes by level
 * @param memory size of it
 */
record Host(String processor, int cores, String caches, String memory, String java) {
  private static final String UNKNOWN = "unknown";
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  static Host here() {
    return new Host(
        value(Path.of("/proc/cpuinfo"), "model name").orElse(UNKNOWN),
        Runtime.getRuntime().availableProcessors(),
        cacheSizes(),
        value(Path.of("/proc/meminfo"), "MemTotal").orElse(UNKNOWN),
        Runtime.version().toString());
  }

  private static Optional<String> value(Path file, String key) {
    return text(file)
        .flatMap(text -> text.lines().filter(line -> line.startsWith(key)).findFirst())
        .map(line -> line.substring(line.indexOf(':') + 1).strip());
  }

  private static String cacheSizes() {
    String caches =
        IntStream.range(0, 8)
            .mapToObj(index -> CACHES.resolve("index" + index))
            .filter(Files::isDirectory)
            .map(
                cache ->
                    "L%s %s %s".formatted(of(cache, "level"), of(cache, "type"), of(cache, "size")))
            .collect(Collectors.joining(", "));
    return caches.isEmpty() ? UNKNOWN : caches;
  }

  private static String of(Path cache, String property) {
    return text(cache.resolve(property)).map(String::strip).orElse(UNKNOWN);
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
