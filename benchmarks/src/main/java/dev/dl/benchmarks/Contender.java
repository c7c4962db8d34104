package dev.dl.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An engine and how its process is set up.
 *
 * @param name as the command line names it
 * @param settings of its process
 */
record Contender(String name, Supplier<Engine> engine, Settings settings) {
  /** The options of the launcher {@code dl} that concern speed. */
  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-Xms64m",
          "-Xmn32m",
          "-XX:+UseParallelGC",
          "-XX:-UseAdaptiveSizePolicy",
          "-XX:+UseTransparentHugePages",
          "-Dorg.bytedeco.javacpp.maxBytes=280%",
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

  /** The environment of the launcher {@code dl}: threads that spin for a while, huge pages. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OMP_WAIT_POLICY", "ACTIVE",
          "GOMP_SPINCOUNT", "100000",
          "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1",
          "MALLOC_TRIM_THRESHOLD_", "100000000000",
          "MALLOC_TOP_PAD_", "268435456",
          "MALLOC_MMAP_MAX_", "0");

  private static final Settings DEFAULTS = new Settings(List.of(), Map.of());

  /** The launcher's. */
  static final Settings TUNED = new Settings(JAVA_OPTIONS, ENVIRONMENT);

  private static final List<Contender> ALL =
      List.of(
          new Contender("libtorch", () -> peer("libtorch").engine(false), DEFAULTS),
          new Contender(
              "libtorch-tuned",
              () -> peer("libtorch").engine(true),
              TUNED.with("GOMP_SPINCOUNT", "infinity")),
          new Contender("stock", StockEngine::new, DEFAULTS),
          new Contender("stock-tuned", StockEngine::new, TUNED),
          new Contender("dl", DlEngine::new, TUNED));

  /** What a process is started with: options of the JVM, and variables. */
  record Settings(List<String> javaOptions, Map<String, String> environment) {
    Settings {
      javaOptions = List.copyOf(javaOptions);
      environment = Map.copyOf(environment);
    }

    /** What differs from the defaults, for a reader. */
    String describe() {
      if (javaOptions.isEmpty() && environment.isEmpty()) {
        return "defaults.";
      }
      return new TreeMap<>(environment) + ", Java " + String.join(" ", javaOptions);
    }

    Settings with(String variable, String value) {
      Map<String, String> changed = new HashMap<>(environment);
      changed.put(variable, value);
      return new Settings(javaOptions, changed);
    }
  }

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

  static Stream<Contender> all() {
    return ALL.stream();
  }

  private static Peer peer(String name) {
    return ServiceLoader.load(Peer.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " is not on the class path; start benchmarks/run, which fetches it"));
  }
}
