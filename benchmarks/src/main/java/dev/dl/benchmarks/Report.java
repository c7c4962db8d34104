package dev.dl.benchmarks;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All that a benchmark found, as Markdown and as JSON.
 *
 * @param command that was run
 * @param threads of every engine
 */
record Report(Host host, String command, int threads, List<Comparison> comparisons) {

  /** A page: the machine and the settings, then {@link #tables}. */
  String page() {
    return """
    # Benchmarks

    Made by `%s`.

    - Processor: %s, %d cores; caches: %s; memory: %s.
    - Java %s; %s.
    - %d threads for every engine. Each has a process of its own, and they take turns, every other one in reverse order, the others stopped
      meanwhile; figures are medians of the turns, ratios are computed within a turn. Random data, learning rate 1e-6, Adam.
    %s
    %s"""
        .formatted(
            command,
            host.processor(),
            host.cores(),
            host.caches(),
            host.memory(),
            host.java(),
            String.join("; ", engines()),
            threads,
            settings(),
            tables());
  }

  private Set<String> engines() {
    Set<String> versions = new LinkedHashSet<>();
    comparisons.forEach(
        comparison ->
            comparison
                .engines()
                .values()
                .forEach(engine -> versions.add(engine.process().engine())));
    return versions;
  }

  private Set<String> contenders() {
    Set<String> names = new LinkedHashSet<>();
    comparisons.forEach(comparison -> names.addAll(comparison.engines().keySet()));
    return names;
  }

  private String settings() {
    StringBuilder lines = new StringBuilder();
    for (String name : contenders()) {
      lines.append("- `%s`: %s%n".formatted(name, Contender.of(name).settings().describe()));
    }
    return lines.toString();
  }

  /** A table for training, one for inference, and their geometric means. */
  String tables() {
    StringBuilder tables = new StringBuilder(peak());
    for (Phase phase : Phase.values()) {
      tables.append("## %s%n%n".formatted(phase.title()));
      tables.append(
          "| workload | engine | samples/s | min-max | GFLOP/s | of peak | memory, MiB | ratio | min-max |%n"
              .formatted());
      tables.append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |%n".formatted());
      for (Comparison comparison : comparisons) {
        for (String engine : comparison.engines().keySet()) {
          tables.append(row(comparison, phase, engine));
        }
      }
      tables.append(means(phase));
    }
    tables.append(optimizers());
    return tables.toString();
  }

  private String peak() {
    Samples peak =
        Samples.of(
            comparisons.stream().flatMap(comparison -> comparison.peakGflops().stream()).toList());
    return String.format(
        Locale.ROOT,
        "Peak of the machine, float32 products of 2,048 rows by OpenBLAS, beside each turn: "
            + "%.0f GFLOP/s (%.0f-%.0f).%n%n",
        peak.median(),
        peak.minimum(),
        peak.maximum());
  }

  /** How much of the engines' training is not the network. */
  private String optimizers() {
    StringBuilder lines = new StringBuilder();
    for (Comparison comparison : comparisons) {
      for (String engine : comparison.engines().keySet()) {
        Double share = comparison.engines().get(engine).process().optimizerShare();
        if (share != null) {
          lines.append(
              String.format(
                  Locale.ROOT,
                  "Optimizer's share of training, %s, %s: %.1f %%%n%n",
                  comparison.workload().label(),
                  engine,
                  100 * share));
        }
      }
    }
    return lines.toString();
  }

  private static String row(Comparison comparison, Phase phase, String engine) {
    Samples throughput = comparison.throughput(phase, engine);
    Samples ratio = comparison.ratio(phase, engine);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f-%.1f | %.1f | %.0f %% | %s | %.2f | %.2f-%.2f |%n",
        comparison.workload().label(),
        engine,
        throughput.median(),
        throughput.minimum(),
        throughput.maximum(),
        comparison.gflops(phase, engine),
        100 * comparison.shareOfPeak(phase, engine).median(),
        phase == Phase.TRAINING
            ? Long.toString(comparison.engines().get(engine).process().peakMebibytes())
            : "",
        ratio.median(),
        ratio.minimum(),
        ratio.maximum());
  }

  private String means(Phase phase) {
    StringBuilder lines = new StringBuilder(System.lineSeparator());
    for (String engine : contenders()) {
      double[] ratios = ratios(phase, engine);
      if (ratios.length == 0) {
        continue;
      }
      lines.append(
          String.format(
              Locale.ROOT,
              "Geometric mean of the ratios, %s, %d workloads: %.2f%n%n",
              engine,
              ratios.length,
              Samples.geometricMean(ratios)));
    }
    return lines.toString();
  }

  /** Where there is another engine to compare with. */
  private double[] ratios(Phase phase, String engine) {
    return comparisons.stream()
        .filter(comparison -> comparison.engines().containsKey(engine))
        .filter(comparison -> !comparison.reference(phase).equals(engine))
        .mapToDouble(comparison -> comparison.ratio(phase, engine).median())
        .toArray();
  }

  /** Everything measured. */
  Map<String, Object> json() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("command", command);
    report.put("host", host);
    report.put("threads", threads);
    report.put("workloads", comparisons.stream().map(Report::json).toList());
    return report;
  }

  private static Map<String, Object> json(Comparison comparison) {
    Map<String, Object> engines = new LinkedHashMap<>();
    for (String engine : comparison.engines().keySet()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      for (Phase phase : Phase.values()) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("samplesPerSecond", comparison.throughput(phase, engine));
        figures.put("ratio", comparison.ratio(phase, engine));
        figures.put("gflops", comparison.gflops(phase, engine));
        figures.put("shareOfPeak", comparison.shareOfPeak(phase, engine));
        entry.put(phase.name().toLowerCase(Locale.ROOT), figures);
      }
      entry.put("measured", comparison.engines().get(engine));
      engines.put(engine, entry);
    }
    Map<String, Object> workload = new LinkedHashMap<>();
    workload.put("workload", comparison.workload().label());
    workload.put("peakGflops", comparison.peakGflops());
    workload.put("engines", engines);
    return workload;
  }
}
