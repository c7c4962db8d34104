package dev.dl.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An engine and how its process is set up.
 *
 * @param name as the command line names it
 * @param tuned whether it gets the settings of our launcher, or the defaults
 */
record Contender(String name, Supplier<Engine> engine, boolean tuned) {
  private static final List<Contender> ALL =
      List.of(
          new Contender("stock", StockEngine::new, false),
          new Contender("stock-tuned", StockEngine::new, true),
          new Contender("dl", DlEngine::new, true));

  static Contender of(String name) {
    return ALL.stream()
        .filter(contender -> contender.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "engine: got %s, expected one of %s"
                        .formatted(name, ALL.stream().map(Contender::name).toList())));
  }

  /** The options of the launcher {@code dl} that concern speed. */
  List<String> javaOptions() {
    return tuned
        ? List.of(
            "-XX:+UseParallelGC",
            "-XX:+UseTransparentHugePages",
            "-Dorg.bytedeco.javacpp.maxBytes=280%",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0")
        : List.of();
  }

  /** The environment of the launcher {@code dl}. */
  Map<String, String> environment() {
    return tuned
        ? Map.of(
            "OMP_WAIT_POLICY", "PASSIVE",
            "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1",
            "MALLOC_TRIM_THRESHOLD_", "100000000000",
            "MALLOC_TOP_PAD_", "268435456",
            "MALLOC_MMAP_MAX_", "0")
        : Map.of();
  }

  static Stream<Contender> all() {
    return ALL.stream();
  }
}
