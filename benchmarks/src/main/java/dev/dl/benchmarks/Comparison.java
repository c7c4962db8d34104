package dev.dl.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Engines measured in turns.
 *
 * @param rounds of each engine, by name; the first engine is what the others are compared with
 */
record Comparison(Map<String, List<Measurement>> rounds) {
  /** Throughput of an engine over its rounds, images per second. */
  Samples throughput(String engine) {
    return Samples.of(rounds.get(engine).stream().map(Measurement::imagesPerSecond).toList());
  }

  /** Throughput over that of the first engine in the same round, as a machine drifts. */
  Samples ratio(String engine) {
    List<Measurement> first = rounds.values().iterator().next();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < first.size(); round++) {
      ratios.add(
          rounds.get(engine).get(round).imagesPerSecond() / first.get(round).imagesPerSecond());
    }
    return Samples.of(ratios);
  }

  /** A line for each engine: medians, and the extremes of the rounds. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            "%-12s %10s %17s %7s %15s%n"
                .formatted("engine", "images/s", "min-max", "ratio", "min-max"));
    for (String engine : rounds.keySet()) {
      Samples images = throughput(engine);
      Samples ratio = ratio(engine);
      table.append(
          String.format(
              Locale.ROOT,
              "%-12s %10.1f %8.1f-%8.1f %7.2f %7.2f-%7.2f%n",
              engine,
              images.median(),
              images.minimum(),
              images.maximum(),
              ratio.median(),
              ratio.minimum(),
              ratio.maximum()));
    }
    return table.toString();
  }

  /** Everything measured, as JSON objects. */
  Map<String, Object> json() {
    Map<String, Object> engines = new LinkedHashMap<>();
    rounds.forEach(
        (engine, measurements) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("imagesPerSecond", throughput(engine));
          entry.put("ratio", ratio(engine));
          entry.put("rounds", measurements);
          engines.put(engine, entry);
        });
    return engines;
  }
}
