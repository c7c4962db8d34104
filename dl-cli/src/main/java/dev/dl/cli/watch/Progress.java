package dev.dl.cli.watch;

import dev.dl.cli.watch.RunsFolder.Version;
import dev.dl.core.run.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How far a run is, by its metrics.jsonl, of which each look reads what is new. */
final class Progress {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int MOST_CHUNKS = 64;

  private String file = "";
  private long read;
  private String lastStep = "";
  private Map<String, Object> epoch = Map.of();
  private Map<String, Object> best = Map.of();
  private double seconds;

  /** Reads on; from the beginning where the file is another one, as after a run was taken up. */
  void look(RunsFolder folder, Path metrics) throws IOException {
    Optional<Version> version = folder.version(metrics);
    if (version.isEmpty() || !version.get().file().equals(file) || version.get().bytes() < read) {
      file = version.map(Version::file).orElse("");
      read = 0;
      lastStep = "";
      epoch = best = Map.of();
      seconds = 0;
    }
    for (int chunk = 0; version.isPresent() && chunk < MOST_CHUNKS; chunk++) {
      MetricsChunk lines = MetricsChunk.read(folder, metrics, read, CHUNK_BYTES);
      if (lines.next() == read) {
        return;
      }
      read = lines.next();
      lines.text().lines().forEach(this::take);
    }
  }

  /** Lines of steps are many, and only the last one counts. */
  private void take(String line) {
    if (!line.contains("\"kind\":\"epoch\"")) {
      lastStep = line;
      return;
    }
    Map<String, Object> fields = JsonFile.fields(line);
    epoch = fields;
    if (best.isEmpty() || Boolean.TRUE.equals(fields.get("best"))) {
      best = fields;
    }
    seconds += number(fields, "seconds").orElse(0.0);
  }

  /** Of the last line. */
  Optional<Double> step() {
    Optional<Double> inEpoch = number(JsonFile.fields(lastStep), "step");
    Optional<Double> atItsEnd = number(epoch, "step");
    return inEpoch.isPresent() && atItsEnd.isPresent()
        ? Optional.of(Math.max(inEpoch.get(), atItsEnd.get()))
        : inEpoch.or(() -> atItsEnd);
  }

  /** Epochs that have ended. */
  int epochs() {
    return number(epoch, "epoch").map(Double::intValue).orElse(0);
  }

  /** Empty before the first epoch has ended. */
  Optional<Double> stepsPerEpoch() {
    return number(epoch, "step").filter(step -> epochs() > 0).map(step -> step / epochs());
  }

  /** Of the epochs that have ended. */
  double seconds() {
    return seconds;
  }

  Optional<Double> samplesPerSecond() {
    return number(JsonFile.fields(lastStep), "samplesPerSecond")
        .or(() -> number(epoch, "samplesPerSecond"));
  }

  /** Those of the best epoch, with their split's name. */
  Map<String, Double> bestMetrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    best.keySet().stream()
        .filter(name -> name.contains("."))
        .forEach(name -> number(best, name).ifPresent(value -> metrics.put(name, value)));
    return metrics;
  }

  private static Optional<Double> number(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof Number number && Double.isFinite(number.doubleValue())
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }
}
